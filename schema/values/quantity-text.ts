// A quantity as people read it: with the decimal sign of the store's currency, as its prices have.
import type { Currency } from './currency.ts';
import { decimalSign } from './money-text.ts';

export function quantityText(quantity: number, scale: number, currency: Currency): string {
  if (scale === 0) return String(quantity);
  const digits = String(quantity).padStart(scale + 1, '0');
  return `${digits.slice(0, -scale)}${decimalSign(currency)}${digits.slice(-scale)}`;
}
