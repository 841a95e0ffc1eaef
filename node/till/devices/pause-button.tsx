// Takes a dispenser out of use, and back into it; whoever sees that something is wrong may.
import type { Device } from '#schema/wire/device';
import { ConfirmButton } from '../base/confirm-button.tsx';
import { useActions, useSay } from '../base/till-context.tsx';
import { sayProblem } from '../menu/side-problem.ts';
import { StateChip } from './state-chip.tsx';

export function PauseButton({ device: { id, pause }, onChange }: { device: Device; onChange: () => void }) {
  const till = useActions();
  const say = useSay();
  const { voucher: calls } = till.parts.calls;
  const wish = (paused: boolean) =>
    calls.pause({ params: { id }, body: { paused } }).then(onChange, (error: unknown) => sayProblem(till, error));
  if (pause === null)
    return <ConfirmButton label={say('device_pause')} sure={say('device_pause_sure')} onConfirm={() => void wish(true)} />;
  return (
    <>
      <StateChip tone="warn">{say('device_paused')}</StateChip>
      <button type="button" className="action" onClick={() => void wish(false)}>
        {say('device_resume')}
      </button>
    </>
  );
}
