// Cash into or out of the drawer other than by a sale, and the drawer opened for nothing; each with a reason that goes into the books.
import type { DrawerMovement } from '#schema/rules/drawer';
import { Choice } from '../base/choice.tsx';
import { useSay, useStore } from '../base/till-context.tsx';
import type { ShiftDesk, ShiftState } from './shift-desk.ts';
import { movementIn, type ShiftEntry } from './shift-entry.ts';

export function DrawerForm({ desk, state }: { desk: ShiftDesk; state: ShiftState }) {
  const say = useSay();
  const { currency } = useStore();
  const { drawer } = state.entry;
  const kinds: Record<DrawerMovement, string> = {
    'pay-in': say('drawer_in'),
    'pay-out': say('drawer_out'),
    'no-sale': say('drawer_open'),
  };
  const isWhole = movementIn(state.entry, currency) !== null;
  const change = (part: Partial<ShiftEntry['drawer']>) => desk.change({ drawer: { ...drawer, ...part } });
  return (
    <form
      className="drawer-form"
      onSubmit={(event) => {
        event.preventDefault();
        void desk.move();
      }}
    >
      <Choice<DrawerMovement> title={say('drawer')} options={kinds} chosen={drawer.kind} onChoose={(kind) => change({ kind })} />
      <div className="drawer-fields">
        {drawer.kind !== 'no-sale' && (
          <label>
            <span className="meta">{say('drawer_amount')}</span>
            <input
              className="field"
              inputMode="decimal"
              autoComplete="off"
              value={drawer.amount}
              maxLength={20}
              onChange={(event) => change({ amount: event.target.value })}
            />
          </label>
        )}
        <label>
          <span className="meta">{say('shift_reason')}</span>
          <input
            className="field"
            autoComplete="off"
            value={drawer.reason}
            maxLength={120}
            onChange={(event) => change({ reason: event.target.value })}
          />
        </label>
        <button type="submit" className="action" aria-disabled={!isWhole || state.busy || undefined}>
          {kinds[drawer.kind]}
        </button>
      </div>
    </form>
  );
}
