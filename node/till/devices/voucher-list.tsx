// Open vouchers: one at a time shows its code, for two in one view confuse a dispenser; one can be cancelled, printed again, never copied.
import { useState } from 'react';
import type { ListedVoucher, Voucher, VoucherCaseView } from '#schema/wire/voucher';
import { ConfirmButton } from '../base/confirm-button.tsx';
import { useActions, useSay, useStore } from '../base/till-context.tsx';
import { QrCode } from '../done/qr-code.tsx';
import { sayProblem } from '../menu/side-problem.ts';
import type { Loaded } from '../menu/use-loaded.ts';
import { clockText } from '../node-link/state-line.ts';
import { PrintButton } from '../print/print-button.tsx';
import { noticeOf, warn } from '../till-parts.ts';
import { CaseList } from './case-list.tsx';

function Shown({ voucher }: { voucher: Voucher }) {
  const say = useSay();
  if (voucher.code === null) return <p className="meta">{say('voucher_no_key')}</p>;
  return (
    <div className="voucher-shown">
      <div className="voucher-code" data-state={voucher.state}>
        <QrCode text={voucher.code} label={say('voucher_qr', { name: voucher.productName })} />
      </div>
      <div className="sheet-actions">
        <PrintButton kind="voucher" subjectId={voucher.id} />
      </div>
    </div>
  );
}

/** A scanned one is told by the screen; this is for a code that no scanner reads. */
function Ask() {
  const { done } = useActions();
  const say = useSay();
  const [code, setCode] = useState('');
  return (
    <form
      className="finder"
      onSubmit={(event) => {
        event.preventDefault();
        if (code.trim() !== '') void done.askVoucher(code);
        setCode('');
      }}
    >
      <label>
        <span className="meta">{say('voucher_ask')}</span>
        <input
          className="field"
          value={code}
          maxLength={200}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          onChange={(event) => setCode(event.target.value)}
        />
      </label>
    </form>
  );
}

function Open({ vouchers }: { vouchers: Loaded<ListedVoucher[]> }) {
  const till = useActions();
  const say = useSay();
  const { timeZone } = useStore();
  const [shown, setShown] = useState<Voucher | null>(null);
  const { voucher: calls } = till.parts.calls;
  const toggle = (id: string) => {
    if (shown?.id === id) return setShown(null);
    calls.show({ params: { id } }).then(setShown, (error: unknown) => sayProblem(till, error));
  };
  const cancel = async ({ id, productName }: ListedVoucher) => {
    try {
      await calls.cancel({ params: { id } });
      setShown(null);
      warn(till.parts, noticeOf('info', 'voucher_cancelled', { name: productName }));
    } catch (error) {
      sayProblem(till, error, { 'voucher-closed': 'voucher_closed', 'voucher-in-use': 'voucher_pours' });
    }
    vouchers.again();
  };
  if (vouchers.value === null) return <p className="empty">{say(vouchers.failed ? 'box_no_answer' : 'screen_loading')}</p>;
  if (vouchers.value.length === 0) return <p className="empty">{say('vouchers_none')}</p>;
  return (
    <ul className="rows">
      {vouchers.value.map((voucher) => (
        <li className="goods-line" key={voucher.id}>
          <div className="row">
            <span className="row-what">
              <strong>{voucher.productName}</strong>
              <span className="meta">
                {[
                  voucher.receipt && say('receipt_no', { no: voucher.receipt }),
                  voucher.dispenserName,
                  say('voucher_until', { time: clockText(Date.parse(voucher.expiresAt), timeZone) }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
            <button type="button" className="action" aria-expanded={shown?.id === voucher.id} onClick={() => toggle(voucher.id)}>
              {say(shown?.id === voucher.id ? 'voucher_hide' : 'voucher_show')}
            </button>
            <ConfirmButton
              label={say('voucher_cancel')}
              sure={say('voucher_cancel_sure')}
              onConfirm={() => void cancel(voucher)}
            />
          </div>
          {shown?.id === voucher.id && <Shown voucher={shown} />}
        </li>
      ))}
    </ul>
  );
}

interface Lists {
  vouchers: Loaded<ListedVoucher[]>;
  cases: Loaded<VoucherCaseView[]>;
}

export function VoucherList({ vouchers, cases }: Lists) {
  return (
    <>
      <Ask />
      <CaseList cases={cases} />
      <Open vouchers={vouchers} />
    </>
  );
}
