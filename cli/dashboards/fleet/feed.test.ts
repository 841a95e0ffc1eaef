// The feed on a clock of its own: every two seconds, then ever more slowly, and back at the first answer.
import { describe, expect, it } from 'vitest';
import { UnreachableError } from '#schema/client';
import type { FleetStore } from '#schema/wire/fleet';
import { backoffMs, startFeed } from '../board/feed.ts';
import type { Picture } from '../board/picture.ts';
import { sampleStores } from './test-fleet.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Timers that run when the test moves the time. */
function testClock() {
  let at = 1_000_000;
  let due: { at: number; call: () => void }[] = [];
  return {
    now: () => at,
    after(delayMs: number, call: () => void) {
      const timer = { at: at + delayMs, call };
      due.push(timer);
      return () => {
        due = due.filter((other) => other !== timer);
      };
    },
    async pass(ms: number) {
      const until = at + ms;
      await settled();
      for (;;) {
        const next = due.filter((timer) => timer.at <= until).sort((left, right) => left.at - right.at)[0];
        if (!next) break;
        due = due.filter((other) => other !== next);
        at = next.at;
        next.call();
        await settled();
      }
      at = until;
    },
  };
}

describe('the feed', () => {
  it('waits 1 s, then twice as long each time, and never more than 30 s', () => {
    expect([1, 2, 3, 4, 5, 6, 20].map(backoffMs)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  it('keeps what it has while the link is lost, and forgets the loss at the first answer', async () => {
    const clock = testClock();
    const pictures: Picture<FleetStore>[] = [];
    let up = true;
    let asked = 0;
    const feed = startFeed({
      clock,
      onChange: (picture) => pictures.push(picture),
      ask: async () => {
        asked++;
        if (!up) throw new UnreachableError('No answer.');
        return { now: new Date(clock.now() + 5_000).toISOString(), items: sampleStores(clock.now()) };
      },
    });
    await clock.pass(4_500);
    expect(asked).toBe(3);
    expect(pictures.at(-1)).toMatchObject({ lost: null, snapshot: { offsetMs: 5_000 } });
    up = false;
    // Told at the next turn: long before the six seconds that a dashboard has for it.
    await clock.pass(2_000);
    expect(pictures.at(-1)).toMatchObject({ lost: { tries: 1 } });
    await clock.pass(3_000);
    expect(pictures.at(-1)).toMatchObject({ lost: { tries: 3, why: null }, snapshot: { items: { length: 7 } } });
    up = true;
    feed.refresh();
    await clock.pass(10);
    expect(pictures.at(-1)?.lost).toBeNull();
    feed.stop();
    const count = asked;
    await clock.pass(60_000);
    expect(asked).toBe(count);
  });
});
