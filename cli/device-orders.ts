// A command that the centre gives to a device, followed to its end.
import type { Clock } from '#schema/values/clock';
import type { DeviceOrder } from '#schema/wire/device-order';
import type { Centre } from './connect.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { Failure } from './failure.ts';
import { detailText } from './node-devices.ts';
import { wait } from './ui/clock.ts';

const POLL_MS = 250;

const endings: Partial<Record<DeviceOrder['state'], { exit: ExitCode; why: string; next: string }>> = {
  failed: { exit: exitCodes.outsideFailed, why: 'The device could not do it', next: 'Mend what it names and ask again.' },
  expired: {
    exit: exitCodes.timedOut,
    why: 'The device was not there in time; it did not begin',
    next: 'See `lapak device show`.',
  },
  unknown: {
    exit: exitCodes.outsideFailed,
    why: 'It was sent, and nobody answered',
    next: 'Look at the device before you ask again.',
  },
};

/** One that did not end well fails with the reason; one that has not ended is given back as it is. */
export function checkEnding(order: DeviceOrder, device: string): DeviceOrder {
  const ending = endings[order.state];
  if (!ending) return order;
  throw new Failure({
    ...ending,
    code: order.state,
    what: `${device} did not answer “${order.command}” with success.`,
    why: `${ending.why}${order.detail ? `: ${detailText(order.detail)}` : ''}.`,
  });
}

interface Following {
  clock: Clock;
  timeoutMs: number;
  pollMs?: number;
  /** Told again and again while it is not over. */
  onWait?(): Promise<void>;
}

/** Until its time is over, or ours. */
export async function followOrder(
  centre: Centre,
  given: DeviceOrder,
  { clock, timeoutMs, pollMs = POLL_MS, onWait }: Following,
): Promise<DeviceOrder> {
  const deadline = clock.now() + timeoutMs;
  for (;;) {
    const order = await centre.deviceOrder.show({ params: { id: given.deviceId, commandId: given.id } });
    if (order.state !== 'queued') return order;
    if (order.overdue || clock.now() >= deadline)
      throw new Failure({
        exit: exitCodes.timedOut,
        code: 'store-silent',
        what: 'It was asked for, and nobody has said what became of it.',
        why: order.overdue ? 'Its time is over: it does not begin any more.' : 'The store or the device has not answered yet.',
        next: `See \`lapak device show\`${order.overdue ? '' : ', or wait longer with --timeout'}. Its id is ${order.id}.`,
      });
    await onWait?.();
    await wait(clock, pollMs);
  }
}
