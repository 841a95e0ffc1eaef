// The receipt on the screen: what the customer would be handed on paper. Due stands where it stood.
import { moneyText } from '#schema/values/money-text';
import { wallTime } from '#schema/values/time';
import type { Sale } from '#schema/wire/sale';
import { useAmountText, useSay, useStore, useTill } from '../base/till-context.tsx';
import { fitted } from '../look/fit.ts';
import { quantityText } from '../sale/priced-sale.ts';

function Lines({ lines }: { lines: Sale['lines'] }) {
  const amountText = useAmountText();
  return (
    <ol className="receipt-lines">
      {lines.map((line) => (
        <li key={line.lineId}>
          <span>{line.name}</span>
          <span>{amountText(line.total)}</span>
          <span className="meta">
            {quantityText(line.quantity, line.quantityScale)} × {amountText(line.unitPrice)}
          </span>
        </li>
      ))}
    </ol>
  );
}

function Paper({ sale }: { sale: Sale }) {
  const say = useSay();
  const amountText = useAmountText();
  const { timeZone } = useStore();
  const store = useTill((state) => state.session?.store);
  const till = useTill((state) => state.session?.till);
  const rows = [
    ...(sale.discounted === 0 ? [] : [{ name: say('discount'), amount: -sale.discounted }]),
    { name: say('net'), amount: sale.net },
    { name: say('tax'), amount: sale.tax },
    ...(sale.rounding === 0 ? [] : [{ name: say('rounding'), amount: sale.rounding }]),
    ...sale.tenders.map(({ method, tendered, state }) => ({
      name: `${say(`method_${method}`)}${state === 'unverified' ? `, ${say('unconfirmed')}` : ''}`,
      amount: tendered,
    })),
    { name: say('change'), amount: sale.change },
  ];
  return (
    <div className="receipt" id="receipt">
      <h2>{store?.name}</h2>
      {store?.address && <p className="meta">{store.address}</p>}
      <p className="receipt-meta">
        <span>{say('receipt_no', { no: sale.receipt })}</span>
        <span>{till?.name}</span>
        <span>{wallTime(Date.parse(sale.occurredAt), timeZone).slice(0, 16)}</span>
      </p>
      <Lines lines={sale.lines} />
      <dl>
        {rows.map(({ name, amount }) => (
          <div key={name} className="totals-row">
            <dt>{name}</dt>
            <dd>{amountText(amount)}</dd>
          </div>
        ))}
      </dl>
      {store?.settings.receiptFooter && <p className="receipt-text">{store.settings.receiptFooter}</p>}
    </div>
  );
}

export function Receipt() {
  const sale = useTill((state) => state.done?.sale);
  const { currency } = useStore();
  const say = useSay();
  if (!sale) return null;
  const due = moneyText({ amount: sale.due, currency });
  return (
    <>
      <Paper sale={sale} />
      <dl className="totals receipt-due">
        <div className="due" id="due-box">
          <dt>{say('due')}</dt>
          <dd style={fitted(due)}>{due}</dd>
        </div>
      </dl>
    </>
  );
}
