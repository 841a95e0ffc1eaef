// Discounts of a line and of a whole cart: an amount or a percentage, with a reason, never more than what it is taken from.
import type { Currency } from '../values/currency.ts';
import { scale } from '../values/integer.ts';
import { isPayable, sumAmounts, toPayable } from '../values/money.ts';
import { ok, type Result, refuse } from '../values/result.ts';
import { RATE_ONE } from './tax.ts';

export interface Discount {
  kind: 'amount' | 'percent';
  /** Minor units, or hundredths of a percent. */
  value: number;
  reason: string;
}

/** What a discount takes off this amount. */
export function discountOf(
  discount: Discount | null,
  amount: number,
  currency: Currency,
  field: string,
): Result<number, 'bad-discount'> {
  if (discount === null) return ok(0);
  const { kind, value } = discount;
  if (kind === 'percent') {
    return value > 0 && value <= RATE_ONE
      ? ok(toPayable(scale(amount, value, RATE_ONE), currency))
      : refuse('bad-discount', 'A discount is between 0.01 and 100 percent.', { field });
  }
  if (value <= 0 || !isPayable(value, currency))
    return refuse('bad-discount', 'A discount is a positive amount that can be paid.', { field });
  if (value > amount)
    return refuse('bad-discount', 'The discount is more than what it is taken from.', { field, next: 'Enter a smaller one.' });
  return ok(value);
}

/** Shares an amount out over these bases, in payable steps; the shares add up to it and none is more than its base. */
export function shareOut(amount: number, bases: readonly number[], currency: Currency): number[] {
  const whole = sumAmounts(bases);
  let passed = 0;
  let shared = 0;
  return bases.map((base) => {
    passed += base;
    const upToHere = whole === 0 ? 0 : toPayable(scale(amount, passed, whole), currency);
    const share = upToHere - shared;
    shared = upToHere;
    return share;
  });
}
