// Money as people read and type it. The format follows the currency, never the language of the screen.
import { type Currency, currencies } from './currency.ts';
import type { Money } from './money.ts';

interface MoneyStyle {
  group: string;
  decimal: string;
  /** Digits after the decimal sign; less than the exponent where people never see the small unit. */
  digits: number;
  prefix?: string;
  suffix?: string;
}

const NO_BREAK_SPACE = '\u00a0';

const styles: Partial<Record<Currency, MoneyStyle>> = {
  IDR: { group: '.', decimal: ',', digits: 0, prefix: `Rp${NO_BREAK_SPACE}` },
  SEK: { group: NO_BREAK_SPACE, decimal: ',', digits: 2, suffix: `${NO_BREAK_SPACE}kr` },
};

const styleOf = (currency: Currency): MoneyStyle =>
  styles[currency] ?? { group: ',', decimal: '.', digits: currencies[currency].exponent, prefix: `${currency}${NO_BREAK_SPACE}` };

export const decimalSign = (currency: Currency): string => styleOf(currency).decimal;

/** The number alone: `47.500`, `1 234,50`. */
export function amountText({ amount, currency }: Money): string {
  const style = styleOf(currency);
  const { exponent } = currencies[currency];
  const digits = String(Math.abs(amount)).padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent).replace(/\B(?=(\d{3})+$)/g, style.group);
  const fraction = digits.slice(digits.length - exponent);
  // A fraction that the currency's style hides is still shown when it is not zero: no amount may look like another.
  const shown = /[1-9]/.test(fraction.slice(style.digits)) ? fraction : fraction.slice(0, style.digits);
  return `${amount < 0 ? '-' : ''}${whole}${shown ? style.decimal + shown : ''}`;
}

/** With its sign: `Rp 47.500`, `1 234,50 kr`. */
export function moneyText(value: Money): string {
  const { prefix = '', suffix = '' } = styleOf(value.currency);
  const text = amountText(value);
  return text.startsWith('-') ? `-${prefix}${text.slice(1)}${suffix}` : `${prefix}${text}${suffix}`;
}

/** What a person typed, in minor units; undefined when it is no amount of this currency. */
export function parseAmount(text: string, currency: Currency): number | undefined {
  const style = styleOf(currency);
  const { exponent } = currencies[currency];
  const plain = text.replace(/[\s\u00a0]/g, '');
  // Where nobody types decimals a separator can only group thousands, by threes and one kind of it: 19.5 must not become 195.
  const pattern =
    style.digits === 0
      ? /^(?<sign>-?)(?<whole>\d{1,3}(?:(?<group>[.,])\d{3})(?:\k<group>\d{3})*|\d+)$/
      : /^(?<sign>-?)(?<whole>\d+)(?:[.,](?<fraction>\d+))?$/;
  const match = pattern.exec(plain);
  if (!match) return undefined;
  const { sign, whole = '', fraction = '' } = match.groups ?? {};
  if (fraction.length > exponent) return undefined;
  const amount = Number(whole.replace(/[.,]/g, '') + fraction.padEnd(exponent, '0'));
  if (!Number.isSafeInteger(amount)) return undefined;
  return sign ? -amount : amount;
}
