// Money: an integer of minor units and its currency. Nothing here divides without saying how it rounds.
import { type Currency, currencies } from './currency.ts';
import { safe, toStep } from './integer.ts';

export interface Money {
  amount: number;
  currency: Currency;
}

export function money(amount: number, currency: Currency): Money {
  return { amount: safe(amount, 'amount'), currency };
}

export const sumAmounts = (amounts: readonly number[]): number =>
  safe(
    amounts.reduce((total, amount) => total + amount, 0),
    'sum',
  );

/** Whether a price, line total, discount or tax in this currency may be this amount. */
export const isPayable = (amount: number, currency: Currency): boolean =>
  Number.isSafeInteger(amount) && amount % currencies[currency].payableStep === 0;

export const toPayable = (amount: number, currency: Currency): number => toStep(amount, currencies[currency].payableStep);

/** What is asked for in cash: the remainder rounded to the store's cash step, or as it is where none is set. */
export const toCash = (amount: number, cashStep: number | null): number =>
  cashStep === null ? amount : toStep(amount, cashStep);
