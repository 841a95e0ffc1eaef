// The promises of the embedded source, told once and run on both databases by embedded.test.ts and embedded.pg.test.ts.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { OpenTestDatabase } from '../base/test-database.ts';
import { openEmbeddedSource } from './embedded.ts';
import { recordings, replay } from './replay.ts';
import { createTestClock } from './test-clock.ts';

export function embeddedSuite(open: OpenTestDatabase): void {
  it.each(recordings)('[SYN-04] answers as the real Electric did: $name: $about', async (recording) => {
    const database = await open({ tables: 'none' });
    const clock = createTestClock();
    const source = await openEmbeddedSource({ database, clock });
    const untilWaiting = async () => {
      await expect.poll(() => clock.waiting(), { interval: 5 }).toBeGreaterThan(0);
      await sleep(30); // its first look at the log comes before it waits; nothing tells from outside when that is done
    };
    await replay(recording, { database, source, untilWaiting, timeOut: () => clock.pass(20_000) });
    await source.close();
  });
}
