// What holds in every session of either driver: times in UTC and ISO, and 64-bit integers as safe JavaScript numbers.
import { assert } from '#schema/values/assert';

export const sessionSettings = { timezone: 'UTC', datestyle: 'ISO', intervalstyle: 'iso_8601' } as const;

export const int8TypeId = 20;

/** Amounts and positions are safe integers by law; one that is not is a bug that must not be rounded away. */
export function parseInt8(text: string): number {
  const value = Number(text);
  assert(Number.isSafeInteger(value), `the database holds ${text}, beyond the safe integers`);
  return value;
}
