// Programs that stay: until Ctrl+C or a stop from the system, then they end in order, within two seconds.
import type { Clock } from '#schema/values/clock';

const STOP_MS = 2_000;
/** After everything has stopped: a library may still wait (Electric's client, for a minute), which must not keep the prompt from coming back. */
const LEAVE_MS = 50;

export interface Staying {
  /** Says that it runs: by then a signal ends it in order. */
  begun(): void;
  stop(): Promise<void>;
  /** Told when the end begins. */
  tell(text: string): void;
  clock: Clock;
}

/** Comes back when everything has stopped; what will not stop in time is ended with the process. */
export async function stayUntilStopped({ begun, stop, tell, clock }: Staying): Promise<void> {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const endNow = () => process.exit(process.exitCode ?? 0);
  const signalled = new Promise<NodeJS.Signals>((resolve) => {
    for (const name of signals) process.once(name, resolve);
  });
  begun();
  const signal = await signalled;
  // Pressed twice, it is meant at once: whatever is acknowledged is on disk already.
  for (const name of signals) process.once(name, endNow);
  tell(signal === 'SIGINT' ? '\nStopping…' : 'Stopping…');
  const cancel = clock.after(STOP_MS, endNow);
  try {
    await stop();
  } finally {
    cancel();
    for (const name of signals) process.removeListener(name, endNow);
    clock.after(LEAVE_MS, endNow);
  }
}
