// What silence makes of a store, by the clock (check 11), and what our own silence does not.
import { describe, expect, it } from 'vitest';
import { rowOf } from './row.ts';
import { sampleStores } from './test-fleet.ts';

const now = Date.UTC(2026, 10, 20, 12);
const [sample] = sampleStores(now);

function seen(ageMs: number, { awayHours = null, ...more }: { lostMs?: number; awayHours?: number | null } = {}) {
  if (!sample) throw new Error('there is a sample');
  const store = { ...sample, awayHours, lastSeenAt: new Date(now - ageMs).toISOString() };
  return rowOf(store, { now, lostMs: null, ...more });
}

describe('a silent store', () => {
  it.each([
    [9_999, 'OK', false],
    [10_000, 'OK', true],
    [59_999, 'OK', true],
    [60_000, 'UNKN', true],
    [119_999, 'UNKN', true],
    [120_000, 'LATE', true],
    [599_999, 'LATE', true],
    [600_000, 'DOWN', true],
  ])('after %i ms is %s, dim: %s', (ageMs, state, dim) => {
    expect(seen(ageMs)).toMatchObject({ state, dim });
  });

  it('that may be offline is AWAY, and in no total', () => {
    expect(seen(12 * 86_400_000, { awayHours: 14 * 24 })).toMatchObject({ state: 'AWAY', answers: false });
    expect(seen(120_000, { awayHours: 1 }).state).toBe('AWAY');
    expect(seen(119_999, { awayHours: 1 }).state).toBe('UNKN');
  });

  it('that may be offline is LATE past its own limit, and never DOWN', () => {
    expect(seen(15 * 86_400_000, { awayHours: 14 * 24 })).toMatchObject({ state: 'LATE', answers: true });
  });

  it('that was never heard is OFF', () => {
    if (sample)
      expect(rowOf({ ...sample, lastSeenAt: null }, { now, lostMs: null })).toMatchObject({ state: 'OFF', ageMs: null });
  });

  it.each([5_000, 60_000, 900_000])('is at most UNKN while our own link is lost (%i ms)', (ageMs) => {
    expect(seen(ageMs, { lostMs: 15_000 }).state).toBe('UNKN');
  });

  it('is not older because our clock is wrong', () => {
    expect(seen(-5_000)).toMatchObject({ state: 'OK', ageMs: 0 });
  });
});
