// Tax of one amount. A rate is an integer of hundredths of a percent: 1100 is 11 %, 2500 is 25 %.
import type { Currency } from '../values/currency.ts';
import { scale } from '../values/integer.ts';
import { toPayable } from '../values/money.ts';

export const RATE_ONE = 10_000;

export interface TaxRate {
  id: string;
  version: number;
  rate: number;
  /** Inclusive: prices contain the tax (Indonesia's shops, Sweden). Exclusive: it is added at the till. */
  inclusive: boolean;
}

export interface Taxed {
  net: number;
  tax: number;
  total: number;
}

/** Splits or raises an amount. Net and tax always add up to the total, so the rounding stands in the tax. */
export function applyTax(amount: number, { rate, inclusive }: TaxRate, currency: Currency): Taxed {
  if (inclusive) {
    const tax = toPayable(scale(amount, rate, RATE_ONE + rate), currency);
    return { net: amount - tax, tax, total: amount };
  }
  const tax = toPayable(scale(amount, rate, RATE_ONE), currency);
  return { net: amount, tax, total: amount + tax };
}
