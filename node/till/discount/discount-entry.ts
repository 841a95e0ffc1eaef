// A discount as it is entered: of what, percent or amount, how much, and why. Pure.
import type { Discount } from '#schema/rules/discount';
import type { Currency } from '#schema/values/currency';
import { amountGiven, type Given, nothingGiven, typeGiven } from '../tender/given.ts';
import type { WordKey } from '../words/words.ts';

export const discountReasons = ['reason_customer', 'reason_price', 'reason_flaw', 'reason_date'] as const satisfies WordKey[];

export type DiscountReason = (typeof discountReasons)[number];

export interface DiscountEntry {
  of: 'sale' | 'line';
  kind: Discount['kind'];
  typed: Given;
  reason: DiscountReason;
}

export const noDiscountEntry: DiscountEntry = { of: 'sale', kind: 'percent', typed: nothingGiven, reason: 'reason_customer' };

const MOST_PERCENT = 100;

export function typeDiscount(entry: DiscountEntry, key: string, currency: Currency): DiscountEntry {
  if (entry.kind === 'amount') return { ...entry, typed: typeGiven(entry.typed, key, currency) };
  const { text } = entry.typed;
  if (key === 'Backspace') return { ...entry, typed: { text: text.slice(0, -1), filled: false } };
  const next = (text + key).replace(/^0+/, '');
  return /^\d+$/.test(next) && Number(next) <= MOST_PERCENT ? { ...entry, typed: { text: next, filled: false } } : entry;
}

/** In hundredths of a percent or minor units; null while there is nothing to give. */
export function enteredValue({ kind, typed }: DiscountEntry, currency: Currency): number | null {
  const value = kind === 'amount' ? amountGiven(typed, currency) : Number(typed.text) * 100;
  return value > 0 ? value : null;
}
