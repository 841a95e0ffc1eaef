// Takes a dispenser out of use, and back into it; whoever sees that something is wrong may.
import { ConfirmButton } from '../base/confirm-button.tsx';
import { useActions, useSay } from '../base/till-context.tsx';
import { sayProblem } from '../menu/side-problem.ts';
import { useLoaded } from '../menu/use-loaded.ts';
import { StateChip } from './state-chip.tsx';

export function PauseButton({ dispenserId }: { dispenserId: string }) {
  const till = useActions();
  const say = useSay();
  const { voucher: calls } = till.parts.calls;
  const paused = useLoaded(async () => (await calls.paused()).ids.includes(dispenserId));
  const pause = (wanted: boolean) =>
    calls
      .pause({ params: { id: dispenserId }, body: { paused: wanted } })
      .then(paused.again, (error: unknown) => sayProblem(till, error));
  if (paused.value === null) return null;
  if (!paused.value)
    return <ConfirmButton label={say('device_pause')} sure={say('device_pause_sure')} onConfirm={() => void pause(true)} />;
  return (
    <>
      <StateChip tone="warn">{say('device_paused')}</StateChip>
      <button type="button" className="action" onClick={() => void pause(false)}>
        {say('device_resume')}
      </button>
    </>
  );
}
