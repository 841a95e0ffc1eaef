// One line of the sale: what, how many, how much, and the three things to do with it.
import { memo, useEffect, useRef } from 'react';
import { useActions, useAmountText, useSay, useStore, useTill } from '../base/till-context.tsx';
import { Icon } from '../look/icon.tsx';
import { currencyName } from '../words/words.ts';
import { quantityText, type ShownLine } from './priced-sale.ts';

interface SaleLineProps {
  line: ShownLine;
  number: number;
  isSelected: boolean;
}

/** The line as it stands in the cart: its note, and whether it is one label of the shop's own. */
const useOwn = (lineId: string) => useTill((state) => state.cart.lines.find((line) => line.lineId === lineId));

export const SaleLineView = memo(function SaleLineView({ line, number, isSelected }: SaleLineProps) {
  const { sale } = useActions();
  const say = useSay();
  const amountText = useAmountText();
  const { currency } = useStore();
  const known = useTill((state) => state.catalogue.products.get(line.productId)?.name);
  // Until the catalogue has been read nobody knows whether the item is still sold.
  const isRead = useTill((state) => state.catalogue.complete);
  const own = useOwn(line.lineId);
  const element = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isSelected) element.current?.scrollIntoView({ block: 'nearest' });
  }, [isSelected]);
  const isLabel = own?.label !== undefined || undefined;
  const name = line.sold ? line.priced.name : (known ?? '…');
  const quantity = quantityText(line.quantity, line.sold ? line.priced.quantityScale : 0);
  const total = line.sold ? line.priced.total : 0;
  return (
    <li ref={element} className="sale-line" data-selected={isSelected || undefined} data-line={line.lineId}>
      <button
        type="button"
        className="sale-line-what"
        aria-current={isSelected || undefined}
        onClick={() => sale.select(line.lineId)}
      >
        {/* What is read stands in what is seen, in its order: "Line 1: 2 Kopi susu, 36.000 rupiah". */}
        <span className="unseen">{say('line', { n: number, quantity })} </span>
        <span className="sale-line-name">{name}</span>
        <span className="unseen">, </span>
        {line.sold ? (
          <span className="sale-line-amounts">
            <strong>
              {amountText(total)} <span className="unseen">{currencyName(currency)}</span>
            </strong>
            <span className="meta">@ {amountText(line.priced.price.amount)}</span>
            {own?.note !== undefined && <span className="meta">“{own.note}”</span>}
            {line.priced.discounted > 0 && <span className="meta off">−{amountText(line.priced.discounted)}</span>}
          </span>
        ) : (
          <span className="sale-line-gone">
            {isRead && (
              <>
                <Icon name="warn" size={16} /> {say('not_sold')}
              </>
            )}
          </span>
        )}
      </button>
      <button
        type="button"
        className="bare"
        aria-label={say('less', { name })}
        aria-disabled={isLabel}
        onClick={() => sale.step(-1, line.lineId)}
      >
        <Icon name="less" />
      </button>
      <span className="sale-line-quantity" aria-hidden="true">
        {quantity}
      </span>
      <button
        type="button"
        className="bare"
        aria-label={say('more', { name })}
        aria-disabled={isLabel}
        onClick={() => sale.step(1, line.lineId)}
      >
        <Icon name="more" />
      </button>
      <button
        type="button"
        className="bare remove"
        aria-label={say('remove', { name, n: number })}
        onClick={() => sale.remove(line.lineId)}
      >
        <Icon name="close" />
      </button>
    </li>
  );
});
