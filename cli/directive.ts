// Waits for what a store made of a directive: done, refused with its reason, or not heard in time.
import type { Clock } from '#schema/values/clock';
import type { Centre } from './connect.ts';
import { exitCodes } from './exit-codes.ts';
import { Failure } from './failure.ts';
import { wait } from './ui/clock.ts';

const POLL_MS = 250;

export async function awaitDirective(centre: Centre, id: string, { clock, timeoutMs }: { clock: Clock; timeoutMs: number }) {
  const deadline = clock.now() + timeoutMs;
  for (;;) {
    const directive = await centre.inventory.directive({ params: { id } });
    if (directive.state === 'done') return directive;
    if (directive.state === 'refused')
      throw new Failure({
        exit: exitCodes.refused,
        code: directive.code ?? 'refused',
        why: `The store refused it: ${directive.detail ?? 'it gave no reason'}`,
        next: 'Mend what it names and ask again.',
      });
    if (clock.now() >= deadline)
      throw new Failure({
        exit: exitCodes.timedOut,
        code: 'store-silent',
        what: 'It was asked for, and is not done yet.',
        why: `The store has not answered within ${Math.round(timeoutMs / 1_000)} s; it does it when it hears of it.`,
        next: 'See `lapak store list` for when it was last heard, or wait longer with --timeout.',
      });
    await wait(clock, POLL_MS);
  }
}
