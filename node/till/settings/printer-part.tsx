// Where this till prints, a trial page, and its drawer.
import { useState } from 'react';
import type { Client } from '#schema/client';
import { shiftContract } from '#schema/wire/shift';
import { Choice } from '../base/choice.tsx';
import { useActions, useSay } from '../base/till-context.tsx';
import { printerTone, printerWord } from '../devices/dispenser-list.tsx';
import { StateChip } from '../devices/state-chip.tsx';
import { sayProblem, withApproval } from '../menu/side-problem.ts';
import { useLoaded } from '../menu/use-loaded.ts';
import { announce, noticeOf, warn } from '../till-parts.ts';

export function PrinterPart() {
  const till = useActions();
  const say = useSay();
  const { calls, makeId } = till.parts;
  const printers = useLoaded(() => calls.print.printers());
  const [busy, setBusy] = useState(false);
  const attempt = async (work: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    await work().catch((error: unknown) => sayProblem(till, error));
    setBusy(false);
  };
  const choose = (printerId: string) =>
    attempt(async () => {
      await calls.print.choose({ body: { printerId } });
      printers.again();
    });
  const trial = () =>
    attempt(async () => {
      await calls.print.print({ body: { id: makeId(), kind: 'test' } });
      announce(till.parts, 'print_sending');
    });
  /** Opening it for nothing is a deed of its own, in the books and with a manager's word. */
  const drawer = () => {
    const shift: Client<typeof shiftContract> = calls.of(shiftContract);
    const id = makeId();
    const reason = say('drawer_trial');
    void withApproval(
      till,
      {
        action: 'no-sale',
        reason,
        async attempt(approval) {
          await shift.move({ body: { id, kind: 'no-sale', amount: 0, reason, ...approval } });
          warn(till.parts, noticeOf('ok', 'drawer_tested'));
        },
      },
      (error) => sayProblem(till, error, { 'no-shift': 'drawer_no_shift' }),
    );
  };
  const { items = [], own = null } = printers.value ?? {};
  const printer = items.find(({ id }) => id === own);
  return (
    <section className="panel" aria-label={say('printer')}>
      <h2>{say('printer')}</h2>
      {printers.value && items.length === 0 && <p className="meta">{say('printers_none')}</p>}
      {items.length > 1 && (
        <Choice<string>
          title={say('printer_of_till')}
          options={Object.fromEntries(items.map(({ id, name }) => [id, name]))}
          chosen={own ?? ''}
          onChoose={(id) => void choose(id)}
        />
      )}
      {printer && (
        <div className="row">
          <span className="row-what">
            <strong>{printer.name}</strong>
            <span className="meta">{say('printer_columns', { n: printer.profile.columns })}</span>
          </span>
          <StateChip tone={printerTone(printer)}>{say(printerWord(printer))}</StateChip>
        </div>
      )}
      {printer && (
        <div className="sheet-actions">
          <button type="button" className="action" onClick={() => void trial()}>
            {say('printer_trial')}
          </button>
          {printer.profile.drawerPin !== null && (
            <button type="button" className="action" onClick={drawer}>
              {say('drawer_test')}
            </button>
          )}
        </div>
      )}
    </section>
  );
}
