// The shift of this till: opened with what is in the drawer, counted without knowing what should be there, and closed with its difference.
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { wallTime } from '#schema/values/time';
import type { Shift } from '#schema/wire/shift';
import { Choice } from '../base/choice.tsx';
import { HoldButton } from '../base/hold-button.tsx';
import { useActions, useAmountText, useSay, useStore, useTill } from '../base/till-context.tsx';
import { Icon } from '../look/icon.tsx';
import { useSide } from '../menu/use-side.ts';
import { PrintButton } from '../print/print-button.tsx';
import { CountFields } from './count-fields.tsx';
import { DrawerForm } from './drawer-form.tsx';
import { openShiftDesk, type ShiftDesk, type ShiftState } from './shift-desk.ts';
import { mayClose } from './shift-entry.ts';

interface DeskProps {
  desk: ShiftDesk;
  state: ShiftState;
}

function Opening({ desk, state }: DeskProps) {
  const say = useSay();
  return (
    <>
      <h2 className="side-title">{say('shift_float')}</h2>
      <CountFields desk={desk} state={state} />
      <div className="sheet-actions">
        <button type="button" className="action primary" aria-disabled={state.busy || undefined} onClick={() => void desk.open()}>
          {say('shift_open')} <kbd>F9</kbd>
        </button>
      </div>
    </>
  );
}

function Counting({ desk, state }: DeskProps) {
  const say = useSay();
  return (
    <>
      <h2 className="side-title">{say('shift_count')}</h2>
      <p className="meta">{say('shift_blind')}</p>
      <CountFields desk={desk} state={state} />
      <div className="sheet-actions">
        <button type="button" className="action" aria-disabled={state.busy || undefined} onClick={() => void desk.compare()}>
          {say('shift_compare')} <kbd>F9</kbd>
        </button>
      </div>
    </>
  );
}

/** The shift of this till goes on: its drawer, or the count that ends it. */
function Working({ desk, state }: DeskProps) {
  const say = useSay();
  const { part } = state.entry;
  return (
    <>
      <Choice<'drawer' | 'count'>
        title={say('shift')}
        options={{ drawer: say('drawer'), count: say('shift_close_title') }}
        chosen={part}
        onChoose={(chosen) => desk.change({ part: chosen })}
      />
      {part === 'drawer' ? <DrawerForm desk={desk} state={state} /> : <Counting desk={desk} state={state} />}
    </>
  );
}

/** `+2.000` or `−2.000`, with its word and its tone. */
function Difference({ difference }: { difference: number }) {
  const say = useSay();
  const amountText = useAmountText();
  const tone = difference === 0 ? 'ok' : 'warn';
  return (
    <div className="said-box shift-difference" data-tone={tone}>
      <Icon name={tone} />
      <span>{say(difference === 0 ? 'shift_even' : difference > 0 ? 'shift_over' : 'shift_short')}</span>
      {difference !== 0 && <strong>{`${difference > 0 ? '+' : '−'}${amountText(Math.abs(difference))}`}</strong>}
    </div>
  );
}

function Compared({ count }: { count: NonNullable<Shift['count']> }) {
  const say = useSay();
  const amountText = useAmountText();
  return (
    <>
      <dl className="sums">
        <div>
          <dt>{say('shift_counted')}</dt>
          <dd>{amountText(count.counted)}</dd>
        </div>
        <div>
          <dt>{say('shift_expected')}</dt>
          <dd>{amountText(count.expected)}</dd>
        </div>
      </dl>
      <Difference difference={count.difference} />
    </>
  );
}

function Closing({ desk, state, shift }: DeskProps & { shift: Shift }) {
  const say = useSay();
  return (
    <>
      <h2 className="side-title">{say('shift_close_title')}</h2>
      {shift.count && <Compared count={shift.count} />}
      {shift.count?.difference !== 0 && (
        <label className="labelled">
          <span className="meta">{say('shift_reason')}</span>
          <input
            className="field"
            value={state.entry.reason}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => desk.change({ reason: event.target.value })}
          />
        </label>
      )}
      <div className="sheet-actions">
        <HoldButton
          holding={say('hold_on')}
          disabled={!mayClose(shift, state.entry) || state.busy}
          onHeld={() => void desk.close()}
        >
          {say('shift_close')} <kbd>F9</kbd>
        </HoldButton>
      </div>
    </>
  );
}

function Closed({ desk, shift }: { desk: ShiftDesk; shift: Shift }) {
  const say = useSay();
  return (
    <>
      <h2 className="side-title">{say('shift_closed', { n: shift.number })}</h2>
      {shift.count && <Compared count={shift.count} />}
      {shift.count?.reason && <p>{shift.count.reason}</p>}
      <div className="sheet-actions">
        <PrintButton kind="shift" subjectId={shift.id} />
        <button type="button" className="action" onClick={desk.next}>
          {say('shift_next')}
        </button>
      </div>
    </>
  );
}

function Head({ shift, isOwn }: { shift: Shift; isOwn: boolean }) {
  const say = useSay();
  const amountText = useAmountText();
  const { timeZone } = useStore();
  const time = wallTime(Date.parse(shift.openedAt), timeZone).slice(0, 16);
  return (
    <p className="side-head">
      <strong>{say(isOwn ? 'shift_no' : 'shift_other', { n: shift.number })}</strong>
      <span className="meta">{say('shift_since', { time, amount: amountText(shift.float) })}</span>
    </p>
  );
}

function Body({ desk, state, toClose }: DeskProps & { toClose: boolean }) {
  const say = useSay();
  const own = useTill((till) => till.session?.till.id);
  const isLost = useTill((till) => till.link === 'lost');
  const { shift } = state;
  if (shift === undefined) return <p className="empty">{say(isLost ? 'box_no_answer' : 'screen_loading')}</p>;
  if (shift === null) return <Opening desk={desk} state={state} />;
  if (shift.state === 'closed') return <Closed desk={desk} shift={shift} />;
  return (
    <>
      <Head shift={shift} isOwn={shift.tillId === own} />
      {shift.count ? (
        <Closing desk={desk} state={state} shift={shift} />
      ) : toClose ? (
        <Counting desk={desk} state={state} />
      ) : (
        <Working desk={desk} state={state} />
      )}
    </>
  );
}

/** With a shift named, of whatever till, it is there to be counted and closed. */
export function ShiftView({ shiftId }: { shiftId: string | null }) {
  const till = useActions();
  const desk = useMemo(() => openShiftDesk(till), [till]);
  const state = useSyncExternalStore(desk.state.subscribe, desk.state.get);
  const isLost = useTill((current) => current.link === 'lost');
  useEffect(() => {
    if (!isLost) void desk.start(shiftId);
  }, [desk, isLost, shiftId]);
  const isCounting = shiftId !== null || state.entry.part === 'count';
  useSide({
    main() {
      if (state.shift === null) void desk.open();
      else if (state.shift?.state === 'open' && isCounting) void desk.compare();
      else if (state.shift?.state === 'counted') void desk.close();
    },
  });
  return (
    <div className="shift">
      <Body desk={desk} state={state} toClose={shiftId !== null} />
    </div>
  );
}

export const ShiftScreen = () => <ShiftView shiftId={null} />;
