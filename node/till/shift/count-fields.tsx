// How many of each note and coin, the largest first, and what they come to. Enter goes on to the next.
import { useAmountText, useSay } from '../base/till-context.tsx';
import type { ShiftDesk, ShiftState } from './shift-desk.ts';
import { totalIn } from './shift-entry.ts';

function goOn(event: React.KeyboardEvent<HTMLInputElement>): void {
  if (event.key !== 'Enter') return;
  event.preventDefault();
  const fields = [...(event.currentTarget.closest('.count-fields')?.querySelectorAll('input') ?? [])];
  fields[fields.indexOf(event.currentTarget) + 1]?.select();
}

export function CountFields({ desk, state }: { desk: ShiftDesk; state: ShiftState }) {
  const say = useSay();
  const amountText = useAmountText();
  return (
    <>
      <div className="count-fields">
        {state.worths.map((worth) => (
          <label key={worth}>
            <span aria-hidden="true">{amountText(worth)} ×</span>
            <input
              className="field"
              inputMode="numeric"
              autoComplete="off"
              aria-label={say('shift_pieces', { amount: amountText(worth) })}
              placeholder="0"
              value={state.entry.pieces[worth] ?? ''}
              onKeyDown={goOn}
              onChange={(event) => desk.setPieces(worth, event.target.value)}
            />
          </label>
        ))}
      </div>
      <p className="count-total">
        <span>{say('shift_total')}</span>
        <output>{amountText(totalIn(state.entry))}</output>
      </p>
    </>
  );
}
