// A cash drawer: the notes and coins of each currency, what a count of them comes to, and what should be in it.
import { type Currency, currencies } from '../values/currency.ts';
import { ok, type Result, refuse } from '../values/result.ts';

export const drawerMovements = ['pay-in', 'pay-out', 'no-sale'] as const;

export type DrawerMovement = (typeof drawerMovements)[number];

export interface CountedCoin {
  /** Minor units. */
  worth: number;
  count: number;
}

/** In major units, the largest first: what a drawer is likely to hold, not every piece that was ever legal. */
const pieces: Record<Currency, readonly number[]> = {
  IDR: [100_000, 75_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100],
  SEK: [1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1],
  NOK: [1_000, 500, 200, 100, 50, 20, 10, 5, 1],
  DKK: [1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1, 0.5],
  EUR: [500, 200, 100, 50, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01],
  USD: [100, 50, 20, 10, 5, 2, 1, 0.5, 0.25, 0.1, 0.05, 0.01],
  SGD: [1_000, 100, 50, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05],
  MYR: [100, 50, 20, 10, 5, 1, 0.5, 0.2, 0.1, 0.05],
  CHF: [1_000, 200, 100, 50, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05],
  CZK: [5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1],
  HUF: [20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5],
  JPY: [10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10, 5, 1],
  KRW: [50_000, 10_000, 5_000, 1_000, 500, 100, 50, 10],
  VND: [500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000],
  ISK: [10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10, 5, 1],
  KWD: [20, 10, 5, 1, 0.5, 0.25, 0.1, 0.05, 0.02, 0.01, 0.005],
  BHD: [20, 10, 5, 1, 0.5, 0.1, 0.05, 0.025, 0.01, 0.005],
  TND: [50, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01],
  IQD: [50_000, 25_000, 10_000, 5_000, 1_000, 500, 250],
};

/** Worths in minor units, the largest first. */
export const denominationsOf = (currency: Currency): number[] =>
  pieces[currency].map((worth) => Math.round(worth * 10 ** currencies[currency].exponent));

/** What was counted comes to. */
export function countOf(coins: readonly CountedCoin[], currency: Currency): Result<number, 'bad-count'> {
  const known = denominationsOf(currency);
  let sum = 0;
  for (const [index, { worth, count }] of coins.entries()) {
    const field = `denominations[${index}]`;
    if (!known.includes(worth))
      return bad(
        `${field}.worth`,
        `There is no note or coin of ${worth} minor units of ${currency}.`,
        'Count the ones there are.',
      );
    if (coins.findIndex((coin) => coin.worth === worth) !== index)
      return bad(`${field}.worth`, 'The same note or coin is counted twice.', 'Write each kind down once.');
    sum += worth * count;
    if (!Number.isSafeInteger(sum)) return bad(`${field}.count`, 'That is more than any drawer holds.', 'Count again.');
  }
  return ok(sum);
}

const bad = (field: string, detail: string, next: string) => refuse('bad-count', detail, { field, next });

export interface DrawerSums {
  float: number;
  taken: number;
  givenBack: number;
  payIns: number;
  payOuts: number;
}

export const expectedInDrawer = ({ float, taken, givenBack, payIns, payOuts }: DrawerSums): number =>
  float + taken - givenBack + payIns - payOuts;
