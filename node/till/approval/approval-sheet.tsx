// A manager's approval beside the sale: what, how much, who asks and why; then a name and a PIN, or a badge. Esc leads back.
import { Sheet } from '../base/sheet.tsx';
import { useActions, useAmountText, useSay, useTill } from '../base/till-context.tsx';
import { ProofPad } from '../sign-in/proof-pad.tsx';

export function ApprovalSheet() {
  const { approval } = useActions();
  const wanted = useTill((state) => state.approval);
  const staff = useTill((state) => state.staff);
  const seller = useTill((state) => state.session?.person?.name);
  const say = useSay();
  const amountText = useAmountText();
  if (!wanted) return null;
  const managers = staff.filter(({ role }) => role === 'manager');
  return (
    <Sheet title={say('approval_title')}>
      <div className="approval-what">
        <p>
          <strong>{say(`action_${wanted.action}`)}</strong>
          {wanted.amount > 0 && <strong className="approval-amount">{amountText(wanted.amount)}</strong>}
        </p>
        {seller !== undefined && <p className="meta">{say('approval_asks', { name: seller })}</p>}
        <label>
          <span className="meta">{say('approval_reason')}</span>
          <input
            className="field"
            value={wanted.reason}
            maxLength={120}
            autoComplete="off"
            onChange={(event) => approval.setReason(event.target.value)}
          />
        </label>
      </div>
      <ProofPad people={managers} title={say('approval_who')} submit={say('approve')} onSubmit={approval.submit} />
    </Sheet>
  );
}
