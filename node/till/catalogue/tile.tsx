// One product to tap: its name, its price, how many are in the sale, and what is worth knowing before it is promised.
import { memo } from 'react';
import type { CatalogueProduct } from '#schema/wire/till';
import { useAmountText, useSay, useStore } from '../base/till-context.tsx';
import { Icon } from '../look/icon.tsx';
import { quantityText } from '../sale/priced-sale.ts';
import { currencyName } from '../words/words.ts';

/** From here on it is said how many are left. */
const FEW = 5;

interface TileProps {
  product: CatalogueProduct;
  index: number;
  inSale: number;
  isTabStop: boolean;
  onAdd: (productId: string) => void;
}

export const Tile = memo(function Tile({ product, index, inSale, isTabStop, onAdd }: TileProps) {
  const say = useSay();
  const amountText = useAmountText();
  const { currency } = useStore();
  const { id, name, price, quantityScale, available, dispensable } = product;
  const isOut = available <= 0;
  // A shop that does not count an item stands at zero or below with it; only what a dispenser pours is truly gone then.
  const isKnown = dispensable || !isOut;
  const isFew = available <= FEW * 10 ** quantityScale;
  const left = isKnown && isFew ? (isOut ? say('sold_out') : say('left', { n: quantityText(available, quantityScale) })) : null;
  const count = inSale > 0 ? quantityText(inSale, quantityScale) : null;
  return (
    <button
      type="button"
      className="tile"
      data-index={index}
      data-product={product.sku}
      tabIndex={isTabStop ? 0 : -1}
      onClick={() => onAdd(id)}
    >
      {/* What is read stands in what is seen, in its order: "Kopi susu, 18.000 rupiah, add". */}
      <span className="tile-name">
        {name}
        <span className="pause">, </span>
      </span>
      <span className="tile-foot">
        <span className="tile-price">{amountText(price.amount)}</span>
        <span className="unseen">
          {' '}
          {currencyName(currency)}, {say('add_item')}.{' '}
        </span>
        <span className="tile-notes" data-out={isOut || undefined}>
          {dispensable && (
            <>
              <Icon name="qr" size={16} /> <span className="unseen">{say('pours')}. </span>
            </>
          )}
          {left}
        </span>{' '}
      </span>
      {count && (
        <span className="tile-count">
          {count} <span className="unseen">{say('in_sale')}</span>
        </span>
      )}
    </button>
  );
});
