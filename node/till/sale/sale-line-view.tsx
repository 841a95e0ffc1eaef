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

/** What and how much: what is read stands in what is seen, in its order: "Line 1: 2 Kopi susu, 36.000 rupiah". */
function What({ line, note }: { line: ShownLine; note: string | undefined }) {
  const say = useSay();
  const amountText = useAmountText();
  const { currency } = useStore();
  // Until the catalogue has been read nobody knows whether the item is still sold.
  const isRead = useTill((state) => state.catalogue.complete);
  if (!line.sold)
    return (
      <span className="sale-line-gone">
        {isRead && (
          <>
            <Icon name="warn" size={16} /> {say('not_sold')}
          </>
        )}
      </span>
    );
  const { total, price, discounted } = line.priced;
  return (
    <span className="sale-line-amounts">
      <strong>
        {amountText(total)} <span className="unseen">{currencyName(currency)}</span>
      </strong>
      <span className="meta">@ {amountText(price.amount)}</span>
      {note !== undefined && <span className="meta">“{note}”</span>}
      {discounted > 0 && <span className="meta off">−{amountText(discounted)}</span>}
    </span>
  );
}

export const SaleLineView = memo(function SaleLineView({ line, number, isSelected }: SaleLineProps) {
  const { sale } = useActions();
  const say = useSay();
  const known = useTill((state) => state.catalogue.products.get(line.productId)?.name);
  const own = useTill((state) => state.cart.lines.find((each) => each.lineId === line.lineId));
  const element = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isSelected) element.current?.scrollIntoView({ block: 'nearest' });
  }, [isSelected]);
  // A label of the shop's own scale says how much: it is removed, not counted.
  const isLabel = own?.label !== undefined || undefined;
  const name = line.sold ? line.priced.name : (known ?? '…');
  const quantity = quantityText(line.quantity, line.sold ? line.priced.quantityScale : 0);
  return (
    <li ref={element} className="sale-line" data-selected={isSelected || undefined} data-line={line.lineId}>
      <button
        type="button"
        className="sale-line-what"
        aria-current={isSelected || undefined}
        onClick={() => sale.select(line.lineId)}
      >
        <span className="unseen">{say('line', { n: number, quantity })} </span>
        <span className="sale-line-title">
          <span className="sale-line-name">{name}</span>
          <span className="pause">, </span>
        </span>
        <What line={line} note={own?.note} />
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
