// What the customer handed over, as it is typed: by keypad, by keyboard or by a quick amount.
import { type Currency, currencies } from '#schema/values/currency';
import { amountText, parseAmount } from '#schema/values/money-text';

export interface Given {
  /** The digits as typed: `50000`, `99,5`. */
  text: string;
  /** Filled in by a button: the next digit starts anew. */
  filled: boolean;
}

export const nothingGiven: Given = { text: '', filled: false };

const MOST_DIGITS = 12;

/** The sign between kronor and öre; null where people never see the small unit. */
export const decimalSign = (currency: Currency): string | null => /[.,]/.exec(amountText({ amount: 0, currency }))?.[0] ?? null;

export const amountGiven = ({ text }: Given, currency: Currency): number =>
  text === '' ? 0 : (parseAmount(text.replace(/\D$/, ''), currency) ?? 0);

export function fillGiven(amount: number, currency: Currency): Given {
  const { exponent } = currencies[currency];
  const sign = decimalSign(currency);
  const digits = String(amount).padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  return { text: sign ? `${whole}${sign}${digits.slice(-exponent)}` : whole, filled: true };
}

/** As it stands on the screen, with the currency's groups while it grows. */
export function givenText(given: Given, currency: Currency): string {
  if (given.text === '' || given.filled) return given.text && amountText({ amount: amountGiven(given, currency), currency });
  const sign = decimalSign(currency);
  const [whole = '0', fraction] = sign ? given.text.split(sign) : [given.text];
  const grouped = amountText({ amount: Number(whole) * 10 ** currencies[currency].exponent, currency });
  const shown = sign ? grouped.slice(0, grouped.lastIndexOf(sign)) : grouped;
  return fraction === undefined ? shown : `${shown}${sign}${fraction}`;
}

/** One key: a digit, `000`, `,` or `.`, or Backspace. What would be no amount changes nothing. */
export function typeGiven(given: Given, key: string, currency: Currency): Given {
  if (key === 'Backspace') return { text: given.filled ? '' : given.text.slice(0, -1), filled: false };
  const before = given.filled ? '' : given.text;
  const sign = decimalSign(currency);
  const typed = key === ',' || key === '.' ? sign : key;
  // In a currency without decimals a dot is only grouping.
  if (typed === null || !/^(\d+|[.,])$/.test(typed)) return given;
  if (typed === sign) return before.includes(sign) ? given : { text: `${before || '0'}${sign}`, filled: false };
  const text = (before + typed).replace(/^0+(?=\d)/, '');
  const [whole = '', fraction = ''] = sign ? text.split(sign) : [text];
  if (whole.length > MOST_DIGITS || fraction.length > currencies[currency].exponent) return given;
  return { text: /^0+$/.test(text) ? '0' : text, filled: false };
}
