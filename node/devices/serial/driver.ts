// A dispenser at the end of a serial line: frames by the node's link, the line opened again whenever it goes.
//
//   CLOSED ──opened──→ CALLING ──both ends agree──→ PRESENT ──no ack, silence──→ CALLING
//     └── after 0.5 s, doubling to 15 s ──← cable pulled, nobody there ──┘
import type { Clock, RandomBytes } from '#schema/values/clock';
import { type NodeLink, nodeLink } from '#schema/wire/dispenser-link';
import type { Driver, DriverEvents } from '../driver.ts';
import type { CountRefusal } from '../refusals.ts';
import { type OpenSerialLine, openSerialLine, type SerialLine } from './port.ts';

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 15_000;
/** A line that takes nothing loses what is written to it, rather than keep it for when it is old. */
const UNTAKEN_MAX = 8;
/** How long stopping waits for the last bytes to leave. */
const DRAIN_MS = 1_000;

export interface SerialParts {
  path: string;
  baudRate?: number;
  clock: Clock;
  random: RandomBytes;
  refused: CountRefusal;
  openLine?: OpenSerialLine;
}

export function openSerial({ path, baudRate = 115_200, openLine = openSerialLine, ...parts }: SerialParts): Driver {
  const { clock, random, refused } = parts;
  let events: DriverEvents | undefined;
  let current: { line: SerialLine; link: NodeLink } | undefined;
  let retryMs = FIRST_RETRY_MS;
  let cancelNext = () => {};
  /** Each line is one life: what comes late of an earlier one is not of this. */
  let life = 0;

  function next(delayMs: number, call: () => void): void {
    cancelNext();
    cancelNext = clock.after(delayMs, call);
  }

  function reach(): void {
    life += 1;
    const ours = life;
    const still = () => ours === life && events !== undefined;
    const opening = openLine({ path, baudRate }, { bytes: (bytes) => still() && hear(bytes), closed: () => still() && leave() });
    opening.then(
      (line) => (still() ? speak(line) : line.close()),
      () => still() && leave(),
    );
  }

  function speak(line: SerialLine): void {
    let untaken = 0;
    const taken = () => {
      untaken -= 1;
    };
    const port = {
      write(bytes: Uint8Array) {
        if (untaken >= UNTAKEN_MAX) return;
        untaken += 1;
        // What could not be written shows as the close, or as a frame that nobody acknowledged.
        line.write(bytes).then(taken, taken);
      },
      message: (bytes: Uint8Array) => events?.message(bytes),
      up(up: boolean) {
        if (up) retryMs = FIRST_RETRY_MS;
        events?.presence(up ? 'present' : 'lost');
      },
    };
    const [high = 0, low = 0] = random(2);
    current = { line, link: nodeLink(port, { nonce: (high << 8) | low || 1, nowMs: clock.now() }) };
    tick();
  }

  function tick(): void {
    if (current) next(Math.max(1, current.link.tick(clock.now())), tick);
  }

  function hear(bytes: Uint8Array): void {
    // It may speak before its opening has been told here; it will again.
    if (!current) return;
    const { link } = current;
    const before = link.dropped();
    link.bytes(bytes, clock.now());
    if (link.dropped() > before) refused('noise', link.dropped() - before);
    tick();
  }

  function leave(): void {
    const wasUp = current?.link.isUp() ?? false;
    current = undefined;
    life += 1;
    next(retryMs, reach);
    retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
    if (wasUp) events?.presence('lost');
  }

  return {
    async start(heard) {
      events = heard;
      reach();
    },
    async stop() {
      const line = current?.line;
      events = undefined;
      current = undefined;
      cancelNext();
      if (!line) return;
      let cancel = () => {};
      const late = new Promise<void>((over) => {
        cancel = clock.after(DRAIN_MS, over);
      });
      await Promise.race([line.drain().catch(() => undefined), late]);
      cancel();
      line.close();
    },
    send(message) {
      if (!current?.link.send(message, clock.now())) return false;
      // Not here: the link may find that it is down, and whoever sends is not to be told in the middle of it.
      next(0, tick);
      return true;
    },
  };
}
