// The currencies we trade in: ISO 4217 exponents, the smallest step a price may have, and how cash is rounded by default.
// Keyed on ISO, not on what `Intl` says: the two disagree (IQD, MGA), and providers disagree with both.

export interface CurrencyRule {
  /** Digits after the decimal point of one major unit, by ISO 4217. */
  exponent: number;
  /** Prices, line totals, discounts and taxes are multiples of this many minor units. */
  payableStep: number;
  /** Cash is rounded to multiples of this many minor units unless the store says otherwise; null is no rounding. */
  cashStep: number | null;
}

const rule = (exponent: number, payableStep = 1, cashStep: number | null = null): CurrencyRule => ({
  exponent,
  payableStep,
  cashStep,
});

export const currencies = {
  IDR: rule(2, 100),
  SEK: rule(2, 1, 100),
  NOK: rule(2, 1, 100),
  DKK: rule(2, 1, 50),
  EUR: rule(2),
  USD: rule(2),
  SGD: rule(2),
  MYR: rule(2, 1, 5),
  CHF: rule(2, 1, 5),
  CZK: rule(2, 1, 100),
  HUF: rule(2, 1, 500),
  JPY: rule(0),
  KRW: rule(0),
  VND: rule(0),
  ISK: rule(0),
  KWD: rule(3),
  BHD: rule(3),
  TND: rule(3),
  IQD: rule(3),
} as const satisfies Record<string, CurrencyRule>;

export type Currency = keyof typeof currencies;

export const isCurrency = (text: string): text is Currency => Object.hasOwn(currencies, text);
