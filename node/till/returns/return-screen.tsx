// Returns: the receipt by its code or number, what of it comes back and why, and the money by the tender that was taken.
import { useEffect } from 'react';
import { cashBack } from '#schema/rules/refund';
import type { Currency } from '#schema/values/currency';
import { moneyText } from '#schema/values/money-text';
import { quantityText } from '#schema/values/quantity-text';
import { wallTime } from '#schema/values/time';
import type { ReturnableSale } from '#schema/wire/return';
import { Choice } from '../base/choice.tsx';
import { ConfirmButton } from '../base/confirm-button.tsx';
import { useActions, useAmountText, useSay, useStore, useTill } from '../base/till-context.tsx';
import { fitted } from '../look/fit.ts';
import { Icon } from '../look/icon.tsx';
import { useSide } from '../menu/use-side.ts';
import { PrintButton } from '../print/print-button.tsx';
import { leftOf, type ReturnEntry, type ReturnReason, refundFor, refundsOf, returnReasons, wantOf } from './return-entry.ts';

function Find({ entry }: { entry: ReturnEntry }) {
  const { returns } = useActions();
  const say = useSay();
  const isBusy = entry.step === 'finding' || undefined;
  return (
    <form
      className="return-find"
      onSubmit={(event) => {
        event.preventDefault();
        void returns.find();
      }}
    >
      <label>
        <span className="meta">{say('return_scan')}</span>
        <input
          className="field"
          value={entry.receipt}
          maxLength={40}
          autoComplete="off"
          autoCapitalize="characters"
          placeholder="T1A-000042"
          onChange={(event) => returns.setReceipt(event.target.value)}
        />
      </label>
      <button type="submit" className="action" aria-disabled={isBusy || entry.receipt.trim() === '' || undefined}>
        {say('return_find')}
      </button>
    </form>
  );
}

/** A receipt that this store does not know may be another store's. */
function Elsewhere({ entry }: { entry: ReturnEntry }) {
  const { returns } = useActions();
  const say = useSay();
  const amountText = useAmountText();
  const { elsewhere, problem } = entry;
  if (elsewhere && elsewhere.length > 0)
    return (
      <ul className="return-stores">
        {elsewhere.map((found) => (
          <li key={found.sale.saleId}>
            <button type="button" className="action" onClick={() => returns.choose(found)}>
              <span>{found.storeName}</span>
              <span className="meta">{found.sale.businessDate}</span>
              <strong>{amountText(found.sale.total)}</strong>
            </button>
          </li>
        ))}
      </ul>
    );
  if (problem?.key !== 'return_unknown') return null;
  return (
    <button type="button" className="action" onClick={() => void returns.askElsewhere()}>
      {say('return_ask')}
    </button>
  );
}

function LineRow({ line, entry, sale }: { line: ReturnableSale['lines'][number]; entry: ReturnEntry; sale: ReturnableSale }) {
  const { returns } = useActions();
  const say = useSay();
  const amountText = useAmountText();
  const currency = sale.currency as Currency;
  const chosen = entry.quantities[line.lineId] ?? 0;
  const left = leftOf(line);
  const shown = (quantity: number) => quantityText(quantity, line.quantityScale, currency);
  const refund = refundFor(entry);
  const part = refund.ok ? refund.value.lines.find(({ lineId }) => lineId === line.lineId)?.total : undefined;
  const why = line.vouchersUsed > 0 ? say('return_used') : say('return_all_back');
  return (
    <li className="return-line" data-chosen={chosen > 0 || undefined}>
      <span className="return-name">
        <strong>{line.name}</strong>
        <span className="meta">
          {say('return_sold', { n: shown(line.quantity) })}
          {line.returned > 0 && ` · ${say('return_back', { n: shown(line.returned) })}`}
          {line.vouchersOpen > 0 && ` · ${say('return_cancels')}`}
        </span>
      </span>
      {left <= 0 ? (
        <span className="return-why">{why}</span>
      ) : (
        <>
          <button
            type="button"
            className="bare"
            aria-label={say('return_less', { name: line.name })}
            aria-disabled={chosen === 0 || undefined}
            onClick={() => returns.step(line.lineId, -1)}
          >
            <Icon name="less" />
          </button>
          <output aria-label={say('return_counts', { name: line.name, n: shown(chosen) })}>{shown(chosen)}</output>
          <button
            type="button"
            className="bare"
            aria-label={say('return_more', { name: line.name })}
            aria-disabled={chosen >= left || undefined}
            onClick={() => returns.step(line.lineId, 1)}
          >
            <Icon name="more" />
          </button>
        </>
      )}
      <span className="return-amount">{part === undefined ? '' : `−${amountText(part)}`}</span>
    </li>
  );
}

function Choices({ entry }: { entry: ReturnEntry }) {
  const { returns } = useActions();
  const say = useSay();
  const reasons = Object.fromEntries(returnReasons.map((reason) => [reason, say(reason)])) as Record<ReturnReason, string>;
  return (
    <div className="return-choices">
      <Choice
        title={say('return_reason')}
        options={reasons}
        chosen={entry.reason ?? ('' as ReturnReason)}
        onChoose={(reason) => returns.alter({ reason, restock: reason !== 'return_damaged' })}
      />
      <Choice<'yes' | 'no'>
        title={say('return_restock')}
        options={{ yes: say('yes'), no: say('no') }}
        chosen={entry.restock ? 'yes' : 'no'}
        onChoose={(chosen) => returns.alter({ restock: chosen === 'yes' })}
      />
    </div>
  );
}

function Give({ entry, sale }: { entry: ReturnEntry; sale: ReturnableSale }) {
  const { returns } = useActions();
  const say = useSay();
  const { cashStep } = useStore();
  const currency = sale.currency as Currency;
  const refund = refundFor(entry);
  const total = refund.ok ? refund.value.total : 0;
  const want = wantOf(entry, total);
  const isOut = entry.step !== 'choose';
  const parts = refundsOf(entry, total).map(({ method, amount }) => ({
    method,
    amount: method === 'cash' ? cashBack(amount, sale.cashBefore, cashStep) : amount,
  }));
  const given = parts.reduce((sum, { amount }) => sum + amount, 0);
  return (
    <div className="return-give">
      {parts.map(({ method, amount }) => (
        <p key={method} className="return-refund">
          <span>{say(method === 'card' ? 'return_by_card' : 'return_by_cash')}</span>
          <strong>{moneyText({ amount, currency })}</strong>
        </p>
      ))}
      {parts.some(({ method }) => method === 'card') && (
        <label>
          <span className="meta">{say('charge_reference')}</span>
          <input
            className="field"
            inputMode="numeric"
            value={entry.reference}
            maxLength={40}
            autoComplete="off"
            onChange={(event) => returns.alter({ reference: event.target.value.trim() })}
          />
        </label>
      )}
      <button
        type="button"
        className="action primary return-button"
        aria-disabled={want !== null || isOut || undefined}
        aria-describedby="return-note"
        onClick={returns.give}
      >
        {say('return_give', { amount: moneyText({ amount: given, currency }) })} <kbd>F9</kbd>
      </button>
      <p id="return-note" className="meta">
        {isOut ? say('saving') : want ? say(want) : ''}
      </p>
    </div>
  );
}

function Taken({ entry }: { entry: ReturnEntry }) {
  const { returns } = useActions();
  const say = useSay();
  const { currency } = useStore();
  const { taken } = entry;
  if (!taken) return null;
  return (
    <div className="return-taken">
      {taken.refunds.map(({ refundId, method, amount }) => {
        const text = moneyText({ amount, currency });
        return (
          <div key={refundId} className="done-change">
            <span>{say(method === 'card' ? 'return_by_card' : 'return_by_cash')}</span>
            <strong style={fitted(text)}>{text}</strong>
          </div>
        );
      })}
      <p>{say('return_saved', { no: taken.receipt })}</p>
      <div className="sheet-actions">
        <PrintButton kind="return" subjectId={taken.id} />
        <button type="button" className="action primary" onClick={returns.again}>
          {say('return_next')}
        </button>
      </div>
    </div>
  );
}

export function ReturnScreen() {
  const { returns } = useActions();
  const entry = useTill((state) => state.returning);
  const say = useSay();
  const { timeZone } = useStore();
  useSide({ scan: returns.scanned, main: returns.give });
  useEffect(() => returns.begin(), [returns]);
  if (!entry) return null;
  if (entry.step === 'taken') return <Taken entry={entry} />;
  const { sale, problem } = entry;
  return (
    <div className="returns">
      <Find entry={entry} />
      {problem && (
        <p role="alert" className="said-box" data-tone={problem.tone}>
          <Icon name={problem.tone} /> {say(problem.key, problem.parts)}
        </p>
      )}
      {entry.atRisk && entry.step === 'choose' && (
        <ConfirmButton label={say('risk_take')} sure={say('risk_take_sure')} onConfirm={returns.takeRisk} />
      )}
      <Elsewhere entry={entry} />
      {sale && (
        <>
          <p className="return-head">
            <strong>{say('receipt_no', { no: sale.receipt })}</strong>
            <span className="meta">
              {wallTime(Date.parse(sale.occurredAt), timeZone).slice(0, 16)}
              {entry.storeName === null ? '' : ` · ${entry.storeName}`}
            </span>
          </p>
          <ul className="return-lines">
            {sale.lines.map((line) => (
              <LineRow key={line.lineId} line={line} entry={entry} sale={sale} />
            ))}
          </ul>
          <Choices entry={entry} />
          <Give entry={entry} sale={sale} />
        </>
      )}
    </div>
  );
}
