// Money on a terminal: the words of schema/values/money-text with plain spaces, and what people type turned into minor units.
import { type Currency, currencies, isCurrency } from '#schema/values/currency';
import { amountText, moneyText, parseAmount } from '#schema/values/money-text';
import { wrongUse } from '../failure.ts';

interface WireMoney {
  amount: number;
  currency: string;
}

// No-break spaces keep a price together in a browser; in a terminal they only confuse who copies them.
const plainSpaces = (text: string) => text.replaceAll('\u00a0', ' ');

const known = ({ amount, currency }: WireMoney) => (isCurrency(currency) ? { amount, currency } : undefined);

/** `Rp 47.500`; a currency that this version does not know is shown in its minor units. */
export const moneyCell = (value: WireMoney): string => {
  const money = known(value);
  return money ? plainSpaces(moneyText(money)) : `${value.amount} ${value.currency} minor units`;
};

/** `47.500`, for columns that name the currency beside it. */
export const amountCell = (value: WireMoney): string => {
  const money = known(value);
  return money ? plainSpaces(amountText(money)) : String(value.amount);
};

/** In major units, for spreadsheets, sorting and filters: `total>100000` means what it says. */
export const majorUnits = (value: WireMoney): number =>
  isCurrency(value.currency) ? value.amount / 10 ** currencies[value.currency].exponent : value.amount;

export function readCurrency(text: string, flag: string): Currency {
  const code = text.toUpperCase();
  if (isCurrency(code)) return code;
  throw wrongUse(`${flag} ${text} is not a currency that Lapak trades in.`, `Use one of ${Object.keys(currencies).join(', ')}.`);
}

/** A price as typed, in minor units: never negative, and a multiple of the currency's payable step. */
export function readPrice(text: string, currency: Currency, flag: string): number {
  const amount = parseAmount(text, currency);
  if (amount === undefined || amount < 0)
    throw wrongUse(`${flag} “${text}” is not a price in ${currency}.`, `Write it like ${example(currency)}.`, 'bad-price');
  const step = currencies[currency].payableStep;
  if (amount % step !== 0)
    throw wrongUse(
      `${flag} “${text}” cannot be paid: prices in ${currency} are multiples of ${plainSpaces(amountText({ amount: step, currency }))}.`,
      `Write it like ${example(currency)}.`,
      'not-payable',
    );
  return amount;
}

const example = (currency: Currency): string =>
  plainSpaces(amountText({ amount: 18_000 * 10 ** currencies[currency].exponent, currency }));
