// Beside Pay: the last change until the next line, and cash with the exact amount. On a phone: the way between items and sale.
import { useActions, useAmountText, useOpenSale, useSay, useTill } from '../base/till-context.tsx';
import { listed } from '../held/held-sale.ts';
import { Icon } from '../look/icon.tsx';
import { whyNotPay } from '../till-state.ts';

function LastChange() {
  const last = useTill((state) => state.last);
  const screen = useTill((state) => state.screen);
  const say = useSay();
  const amountText = useAmountText();
  if (!last || screen === 'done') return null;
  return (
    <p className="last-change">
      <span className="meta">{say('last_change', { no: last.receipt })}</span>
      <span>
        {say('change')} <strong>{amountText(last.change)}</strong>
      </span>
    </p>
  );
}

/** What changes with the goods: while there are none, the last change stands in its place. */
function ForGoods() {
  const till = useActions();
  const say = useSay();
  const sale = useOpenSale();
  const isDiscounting = useTill((state) => state.sheet === 'discount');
  const why = useTill((state) => whyNotPay(state, sale));
  return (
    <>
      <button
        type="button"
        className="action wide-only discount-button"
        aria-disabled={sale.lines.length === 0 || undefined}
        aria-expanded={isDiscounting}
        onClick={till.discount.open}
      >
        <kbd>F7</kbd> {say('discount')}
      </button>
      <button type="button" className="action exact" aria-disabled={why !== null || undefined} onClick={till.tender.payExact}>
        <kbd>F8</kbd> {say('cash_exact')}
      </button>
    </>
  );
}

export function ActionRow() {
  const till = useActions();
  const say = useSay();
  const { items } = useOpenSale();
  const screen = useTill((state) => state.screen);
  const held = useTill((state) => listed(state).held.length);
  const hasLast = useTill((state) => state.last !== null);
  const saleOpen = useTill((state) => state.saleOpen);
  const toggle = screen === 'done' ? say('receipt') : say('items_count', { n: items });
  return (
    <div className="actions">
      {screen === 'sell' && (
        <>
          <button type="button" className="action wide-only" onClick={() => till.side.open('held')}>
            <kbd>F4</kbd> {say('held_button')} {held > 0 && held}
          </button>
          <button type="button" className="action wide-only" onClick={() => till.side.open('returns')}>
            <kbd>F6</kbd> {say('returns')}
          </button>
          {!hasLast && <ForGoods />}
        </>
      )}
      <LastChange />
      <button
        type="button"
        className="action sale-toggle"
        aria-expanded={saleOpen}
        aria-label={saleOpen ? say('show_items') : `${toggle}, ${say('show_sale')}`}
        onClick={() => till.showSale(!saleOpen)}
      >
        <Icon name={saleOpen ? 'back' : 'up'} size={16} /> {saleOpen ? say('key_back') : toggle}
      </button>
    </div>
  );
}
