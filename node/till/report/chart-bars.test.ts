// The bars of a day: from the first hour with takings to the last, the highest as high as there is room.
import { expect, test } from 'vitest';
import type { DayChart } from '#schema/wire/report';
import { barsOf, mostOf } from './chart-bars.ts';

const chartOf = (takings: Record<number, [today: number, before: number]>): DayChart => ({
  currency: 'IDR',
  businessDate: '2026-11-20',
  beforeDate: '2026-11-13',
  hours: Array.from({ length: 24 }, (_, index) => {
    const hour = (index + 4) % 24;
    const [today = 0, before = 0] = takings[hour] ?? [];
    return { hour, takings: today, sales: 0, takingsBefore: before };
  }),
});

test('[REP-07] a day without takings, and none a week before, has no bars', () => {
  expect(barsOf(chartOf({}))).toEqual([]);
  expect(mostOf([])).toBe(1);
});

test('[REP-07] bars go from the first hour that took anything, past midnight, to the last', () => {
  const bars = barsOf(chartOf({ 22: [400, 0], 1: [0, 100] }));
  expect(bars.map(({ hour, height, heightBefore }) => [hour, height, heightBefore])).toEqual([
    [22, 1, 0],
    [23, 0, 0],
    [0, 0, 0],
    [1, 0, 0.25],
  ]);
});

test('[REP-07] an hour in which more went back than came in is shown as nothing, and still is an hour', () => {
  const bars = barsOf(chartOf({ 9: [-500, 0], 10: [250, 500] }));
  expect(bars.map(({ hour, height, heightBefore }) => [hour, height, heightBefore])).toEqual([
    [9, 0, 0],
    [10, 0.5, 1],
  ]);
});
