// Sweeps on a clock that the test turns.
import { describe, expect, it } from 'vitest';
import type { Clock } from '#schema/values/clock';
import { startSweeps } from './sweep.ts';

/** Waits are kept until the test lets time pass. */
function handClock() {
  let now = 0;
  const waits = new Set<{ at: number; call: () => void }>();
  const clock: Clock = {
    now: () => now,
    after(delayMs, call) {
      const wait = { at: now + delayMs, call };
      waits.add(wait);
      return () => waits.delete(wait);
    },
  };
  const pass = async (ms: number) => {
    now += ms;
    for (const wait of [...waits])
      if (wait.at <= now) {
        waits.delete(wait);
        wait.call();
      }
    await turn();
  };
  return { clock, pass, waits };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('sweeps', () => {
  it('comes again at once while there is work, then by the clock, then when nudged', async () => {
    const { clock, pass } = handClock();
    const runs: number[] = [];
    const left = [3, 2, 0, 0, 5, 0];
    const sweep = { name: 'work', everyMs: 1_000, run: async (now: number) => left[runs.push(now) - 1] ?? 0 };
    const sweeps = startSweeps(clock, [sweep], () => undefined);
    await turn();
    expect(runs).toEqual([0, 0, 0]);
    await pass(999);
    expect(runs).toHaveLength(3);
    await pass(1);
    expect(runs).toEqual([0, 0, 0, 1_000]);
    sweeps.nudge('work');
    await turn();
    expect(runs).toHaveLength(6);
    await sweeps.stop();
    await pass(10_000);
    expect(runs).toHaveLength(6);
  });

  it('a failing sweep backs off, ignores nudges, says so, and recovers', async () => {
    const { clock, pass } = handClock();
    let runs = 0;
    const told: unknown[] = [];
    const run = async () => {
      runs += 1;
      if (runs <= 2) throw new Error('the database is away');
      return 0;
    };
    const sweeps = startSweeps(clock, [{ name: 'work', everyMs: 60_000, run }], (name, fault) =>
      told.push([name, String(fault)]),
    );
    await turn();
    expect([...sweeps.faults().keys()]).toEqual(['work']);
    sweeps.nudge('work');
    await turn();
    expect(runs).toBe(1);
    await pass(500);
    await pass(1_000);
    expect(runs).toBe(3);
    expect(sweeps.faults().size).toBe(0);
    expect(told).toHaveLength(2);
    await sweeps.stop();
  });

  it('stops only after the run that is under way', async () => {
    const { clock } = handClock();
    let finish = () => {};
    let ended = false;
    const run = () => new Promise<number>((resolve) => (finish = () => resolve(0)));
    const sweeps = startSweeps(clock, [{ name: 'work', everyMs: 1_000, run }], () => undefined);
    const stopping = sweeps.stop().then(() => (ended = true));
    await turn();
    expect(ended).toBe(false);
    finish();
    await stopping;
  });
});
