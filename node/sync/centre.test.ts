// What a node believes of the time, from the answers of its centre.
import { expect, test } from 'vitest';
import { keyPairFromSeed } from '#schema/facts/chain';
import { refuse } from '#schema/values/result';
import { handClock } from '#schema/values/test-clock';
import { openCentre } from './centre.ts';

const START = Date.parse('2026-03-01T08:00:00Z');

/** A centre that is so far ahead and writes its answer after `takes`; the answer then comes `later`. */
function centreAhead(aheadMs: number, { takes = 0, later = 0, offset = 0 } = {}) {
  const clock = handClock(START);
  const offsets = [offset];
  const identity = {
    nodeId: 'a-node',
    keys: keyPairFromSeed(new Uint8Array(32).fill(7)),
    boxPublicKey: '',
    openBox: () => refuse('not-for-us', 'Nothing is sealed here.'),
    enrolled: () => undefined,
    enrol: () => {},
    clockOffset: () => offsets.at(-1) ?? 0,
    setClockOffset: (offsetMs: number) => void offsets.push(offsetMs),
  };
  const centre = openCentre({
    identity,
    clock,
    enrolled: { nodeId: 'a-node', storeId: 'a-store', serverUrl: 'http://centre.test', centrePublicKey: '' },
    link: { heard: () => {}, lost: () => {} },
    onTurnedAway: () => {},
    async fetch() {
      await clock.pass(takes);
      const date = new Date(Math.floor((clock.now() + aheadMs) / 1_000) * 1_000).toUTCString();
      await clock.pass(later);
      return new Response('', { headers: { date } });
    },
  });
  return { ask: () => centre.fetch('http://centre.test/'), offsets };
}

test('[IAM-08] a node whose clock is wrong goes by the centre’s, and forgets that when its own is right again', async () => {
  const ahead = centreAhead(3_600_000);
  await ahead.ask();
  await ahead.ask();
  expect(ahead.offsets).toEqual([0, 3_600_000]);
  const mended = centreAhead(0, { offset: 3_600_000 });
  await mended.ask();
  expect(mended.offsets).toEqual([3_600_000, 0]);
});

test('a slow answer, a late one and one that was waited for long are no wrong clock', async () => {
  for (const slow of [{ takes: 20_000 }, { later: 20_000 }, { takes: 9_000, later: 9_000 }]) {
    const right = centreAhead(0, slow);
    await right.ask();
    const corrected = centreAhead(3_600_000, { ...slow, offset: 3_600_000 });
    await corrected.ask();
    expect([right.offsets, corrected.offsets]).toEqual([[0], [3_600_000]]);
  }
});
