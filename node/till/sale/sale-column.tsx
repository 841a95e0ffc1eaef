// The sale beside the items: heading, lines, totals. Due stands at its foot on every screen.
import { useActions, useOpenSale, useSay, useTill } from '../base/till-context.tsx';
import { Icon } from '../look/icon.tsx';
import { SaleLineView } from './sale-line-view.tsx';
import { Totals } from './totals.tsx';

function Head({ items }: { items: number }) {
  const till = useActions();
  const say = useSay();
  const canUndo = useTill((state) => state.cart.past.length > 0 || state.moved !== null);
  const name = useTill((state) => state.draft?.name ?? null);
  const multiplier = useTill((state) => state.multiplier);
  const entry = useTill((state) => (state.screen === 'sell' && state.sheet !== 'quantity' ? state.entry : ''));
  return (
    <div className="sale-head">
      <h2 id="sale-heading" tabIndex={-1}>
        {name ?? say('sale')} {items > 0 && <span className="meta">{say('items_count', { n: items })}</span>}
      </h2>
      {entry !== '' && <output className="chip">{entry}</output>}
      {entry === '' && multiplier !== null && <output className="chip">{multiplier} ×</output>}
      <button type="button" className="quiet" onClick={() => till.openSheet('quantity')}>
        <Icon name="times" size={16} /> {say('quantity')}
      </button>
      <button
        type="button"
        className="quiet"
        aria-label={say('undo')}
        title="Ctrl Z"
        aria-disabled={!canUndo || undefined}
        onClick={till.sale.undo}
      >
        <Icon name="undo" />
      </button>
      <button type="button" className="quiet" aria-label={say('details_more')} onClick={() => till.side.open('details')}>
        <Icon name="dots" />
      </button>
    </div>
  );
}

/** Who buys and what was noted, under the heading. */
function Said() {
  const customer = useTill((state) => state.cart.customer);
  const note = useTill((state) => state.cart.note);
  if (!customer && note === null) return null;
  return (
    <p className="sale-said meta">
      {customer && (
        <span>
          <Icon name="person" size={16} /> {customer.name}
        </span>
      )}
      {note !== null && <span>“{note}”</span>}
    </p>
  );
}

export function SaleColumn() {
  const sale = useOpenSale();
  const selected = useTill((state) => state.cart.selected);
  const screen = useTill((state) => state.screen);
  const say = useSay();
  const inCash = screen === 'cash';
  return (
    <>
      <Head items={sale.items} />
      <Said />
      {sale.lines.length === 0 ? (
        <p className="sale-list empty">{say('sale_empty')}</p>
      ) : (
        <ol className="sale-list">
          {sale.lines.map((line, index) => (
            <SaleLineView key={line.lineId} line={line} number={index + 1} isSelected={line.lineId === selected} />
          ))}
        </ol>
      )}
      <Totals
        discounted={sale.discounted}
        net={sale.net}
        tax={sale.tax}
        tip={sale.tip}
        rounding={inCash ? sale.rounding : 0}
        due={inCash ? sale.cashDue : sale.rest}
        currency={sale.currency}
      />
    </>
  );
}
