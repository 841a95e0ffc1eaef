// Done: the change in the largest figures of the page, then the vouchers, and what the customer takes along: paper, a file, a code.
import { moneyText } from '#schema/values/money-text';
import type { Sale } from '#schema/wire/sale';
import type { Voucher } from '#schema/wire/voucher';
import { useActions, useSay, useStore, useTill } from '../base/till-context.tsx';
import { fitted } from '../look/fit.ts';
import { Icon } from '../look/icon.tsx';
import { PrintChip } from '../print/print-button.tsx';
import { keepFocus } from '../tender/keypad.tsx';
import { QrCode } from './qr-code.tsx';
import { VoucherCard } from './voucher-card.tsx';

/** Paper, a code for the customer's camera, a file; and what became of the paper. A tap leaves Enter to the next sale. */
function TakeAlong({ sale, voucher, showsCode }: { sale: Sale; voucher: Voucher | undefined; showsCode: boolean }) {
  const { done, receipts, print } = useActions();
  const say = useSay();
  return (
    <div className="take-along">
      <button type="button" className="action" aria-keyshortcuts="P" onMouseDown={keepFocus} onClick={done.print}>
        {say('print')} <kbd>P</kbd>
      </button>
      <button
        type="button"
        className="action"
        aria-pressed={showsCode}
        onMouseDown={keepFocus}
        onClick={() => done.showCode(!showsCode)}
      >
        {say(showsCode ? 'receipt_qr_hide' : 'receipt_qr')}
      </button>
      <button type="button" className="action" onMouseDown={keepFocus} onClick={() => void receipts.send(sale.id, sale.receipt)}>
        {say('send')}
      </button>
      {voucher?.state === 'open' && !showsCode && (
        <button
          type="button"
          className="action"
          onMouseDown={keepFocus}
          onClick={() => void print.print({ kind: 'voucher', subjectId: voucher.id })}
        >
          {say('print_voucher')}
        </button>
      )}
      <PrintChip kind="receipt" subjectId={sale.id} />
    </div>
  );
}

function Shown({ sale, index, showsCode }: { sale: Sale; index: number; showsCode: boolean }) {
  const say = useSay();
  const voucher = sale.vouchers[index];
  if (showsCode)
    return (
      <div className="receipt-code">
        <QrCode text={sale.receipt} label={say('receipt_code', { no: sale.receipt })} />
        <p>{say('receipt_no', { no: sale.receipt })}</p>
      </div>
    );
  if (voucher) return <VoucherCard key={voucher.id} voucher={voucher} index={index} count={sale.vouchers.length} />;
  return (
    <p className="done-mark">
      <Icon name="ok" size={96} />
      {say('paid')}
    </p>
  );
}

export function DoneScreen() {
  const done = useTill((state) => state.done);
  const { currency } = useStore();
  const say = useSay();
  if (!done) return null;
  const { sale } = done;
  const change = moneyText({ amount: sale.change, currency });
  return (
    <section className="done" aria-label={say('paid')} data-vouchers={sale.vouchers.length > 0 || undefined}>
      <div className="done-change">
        <span>{sale.change > 0 ? say('change') : say('no_change')}</span>
        <strong style={fitted(change)}>{change}</strong>
      </div>
      <Shown sale={sale} index={done.voucher} showsCode={done.showsCode} />
      <TakeAlong sale={sale} voucher={sale.vouchers[done.voucher]} showsCode={done.showsCode} />
    </section>
  );
}
