// The business date against the wall's clock, in whatever order moments and zones are asked for.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { businessDate, wallTime } from './time.ts';

const HOUR_MS = 3_600_000;
const zones = ['Asia/Jakarta', 'Asia/Jayapura', 'Europe/Stockholm', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'UTC'];

describe('the business date', () => {
  it.each([
    ['2026-11-20T16:59:59.999Z', 'Asia/Jakarta', 0, '2026-11-20'],
    ['2026-11-20T17:00:00.000Z', 'Asia/Jakarta', 0, '2026-11-21'],
    ['2026-11-20T20:59:59.999Z', 'Asia/Jakarta', 4, '2026-11-20'],
    ['2026-11-20T21:00:00.000Z', 'Asia/Jakarta', 4, '2026-11-21'],
    ['2026-03-28T23:00:00.000Z', 'Europe/Stockholm', 0, '2026-03-29'],
  ])('[REP-06] of %s in %s with the cut-over at %i is %s', (at, zone, cutOver, date) => {
    expect(businessDate(Date.parse(at), zone, cutOver)).toBe(date);
  });

  it('[REP-06] is what the clock on the wall says, hours of the cut-over earlier, whatever was asked before', () => {
    const start = Date.parse('2026-01-01T00:00:00Z');
    const moment = fc.integer({ min: start, max: start + 400 * 24 * HOUR_MS });
    const question = fc.tuple(moment, fc.constantFrom(...zones), fc.integer({ min: 0, max: 6 }));
    const near = fc.tuple(question, fc.array(fc.integer({ min: -90_000, max: 90_000 }), { maxLength: 5 }));
    fc.assert(
      fc.property(near, ([[at, zone, cutOver], steps]) => {
        for (const step of [0, ...steps])
          expect(businessDate(at + step, zone, cutOver)).toBe(wallTime(at + step - cutOver * HOUR_MS, zone).slice(0, 10));
      }),
    );
  });
});
