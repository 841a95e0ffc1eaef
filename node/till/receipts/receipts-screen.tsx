// Earlier receipts: found by number, looked at, printed again, sent, or returned from.
import { useEffect, useState } from 'react';
import type { Receipt } from '#schema/wire/receipt';
import { lastWish } from '../base/last-wish.ts';
import { useActions, useAmountText, useSay, useStore } from '../base/till-context.tsx';
import { useSide } from '../menu/use-side.ts';
import { clockText } from '../node-link/state-line.ts';
import { PrintButton } from '../print/print-button.tsx';
import { Paper } from './paper.tsx';
import type { ListedReceipt } from './receipt-actions.ts';

function Shown({ sale }: { sale: ListedReceipt }) {
  const { receipts, returns, side } = useActions();
  const say = useSay();
  const [receipt, setReceipt] = useState<Receipt | null>(null);
  useEffect(() => {
    let isOld = false;
    void receipts.show(sale.id).then((found) => !isOld && setReceipt(found));
    return () => {
      isOld = true;
    };
  }, [receipts, sale.id]);
  const giveBack = () => {
    returns.begin(sale.receipt);
    side.open('returns');
  };
  return (
    <section className="receipt-shown" aria-label={say('receipt_no', { no: sale.receipt })}>
      <div className="sheet-actions">
        <PrintButton kind="receipt" subjectId={sale.id} />
        <button type="button" className="action" onClick={() => void receipts.send(sale.id, sale.receipt)}>
          {say('send')}
        </button>
        <button type="button" className="action" onClick={giveBack}>
          {say('returns')} <kbd>F6</kbd>
        </button>
      </div>
      {receipt && <Paper blocks={receipt.blocks} />}
    </section>
  );
}

const without = (sales: readonly ListedReceipt[], others: readonly ListedReceipt[]): ListedReceipt[] =>
  sales.filter(({ id }) => others.every((other) => other.id !== id));

export function ReceiptsScreen() {
  const { receipts } = useActions();
  const say = useSay();
  const amountText = useAmountText();
  const { timeZone } = useStore();
  const [sales, setSales] = useState<ListedReceipt[]>([]);
  const [chosen, setChosen] = useState<string | null>(null);
  const [text, setText] = useState('');
  const [begin] = useState(lastWish);
  useEffect(() => {
    let isOld = false;
    // One may have been scanned before the list has come.
    const join = (found: ListedReceipt[]) => setSales((before) => [...found, ...without(before, found)]);
    void receipts.list().then((found) => !isOld && found && join(found));
    return () => {
      isOld = true;
    };
  }, [receipts]);
  /** One that is older than those in the list joins it. */
  const find = async (code: string) => {
    const wanted = code.trim().toUpperCase();
    setText(wanted);
    const isLate = begin();
    const listed = sales.find(({ receipt }) => receipt === wanted);
    const found = listed ?? (wanted === '' ? null : await receipts.find(wanted));
    if (found && !listed) setSales((before) => [...without(before, [found]), found]);
    if (!isLate()) setChosen(found?.id ?? null);
  };
  const choose = (id: string) => {
    begin();
    setChosen(id === chosen ? null : id);
  };
  useSide({ scan: (code) => void find(code) });
  const wanted = text.trim().toUpperCase();
  const found = sales.filter(({ receipt }) => receipt.includes(wanted));
  const sale = sales.find(({ id }) => id === chosen);
  return (
    <div className="receipts">
      <label>
        <span className="meta">{say('return_scan')}</span>
        <input
          className="field"
          value={text}
          maxLength={40}
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      {sale && <Shown key={sale.id} sale={sale} />}
      <ul className="receipt-list">
        {found.map(({ id, receipt, businessDate, occurredAt, total }) => (
          <li key={id}>
            <button type="button" className="action" aria-pressed={id === chosen} onClick={() => choose(id)}>
              <span>{receipt}</span>
              <span className="meta">
                {businessDate} {clockText(Date.parse(occurredAt), timeZone)}
              </span>
              <strong>{amountText(total)}</strong>
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="empty">{say('receipts_none')}</p>}
    </div>
  );
}
