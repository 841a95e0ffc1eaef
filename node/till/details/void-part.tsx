// Throwing the open sale away, with a reason. It is recorded, and a manager approves it; what is only wrong is removed or undone instead.
import { useState } from 'react';
import { Choice } from '../base/choice.tsx';
import { useActions, useAmountText, useOpenSale, useSay } from '../base/till-context.tsx';
import { type VoidReason, voidReasons } from './detail-actions.ts';

export function VoidPart() {
  const { details } = useActions();
  const say = useSay();
  const amountText = useAmountText();
  const { lines, total, items } = useOpenSale();
  const [reason, setReason] = useState<VoidReason | null>(null);
  const reasons = Object.fromEntries(voidReasons.map((each) => [each, say(each)])) as Record<VoidReason, string>;
  const mayVoid = lines.length > 0 && reason !== null;
  return (
    <section className="void" aria-label={say('void')}>
      <p>{say('void_text', { n: items, amount: amountText(total) })}</p>
      <Choice title={say('void_reason')} options={reasons} chosen={reason ?? ('' as VoidReason)} onChoose={setReason} />
      <button
        type="button"
        className="action danger"
        aria-disabled={!mayVoid || undefined}
        onClick={() => reason && mayVoid && details.voidSale(reason)}
      >
        {say('void_do', { amount: amountText(total) })}
      </button>
    </section>
  );
}
