// What a fact means in the books: balanced postings, debit positive, credit negative, to the unit. Corrections are more postings.
import { assert } from '../values/assert.ts';
import type { Currency } from '../values/currency.ts';
import { sumAmounts } from '../values/money.ts';
import type { TenderMethod } from './tender.ts';

/** The chart of accounts so far. The centre's books know one set per store. */
export const accounts = {
  'store-cash': 'Cash in the drawers of a store',
  'store-safe': 'Cash of a store outside its drawers',
  'card-terminal': 'Charged by a store’s own card terminal, to be paid out by its bank',
  'qris-unverified': 'Shown as paid by QRIS, to be matched with the bank',
  'sales-revenue': 'Goods and services sold, without tax',
  'sales-returns': 'Goods taken back, without tax',
  'tax-payable': 'Tax collected and owed',
  'tips-payable': 'Tips owed to the people of a store',
  'cash-rounding': 'What rounding of cash gave or took',
  'cash-difference': 'Cash found over or short at a count',
} as const;

export type Account = keyof typeof accounts;

export interface Posting {
  account: Account;
  currency: Currency;
  amount: number;
}

interface TenderAmount {
  method: TenderMethod;
  amount: number;
}

export interface SaleAmounts {
  currency: Currency;
  net: number;
  tax: number;
  tip: number;
  rounding: number;
  tenders: readonly TenderAmount[];
}

/** Where the money of a tender stands until it is in the bank. */
const tenderAccounts: Record<TenderMethod, Account> = {
  cash: 'store-cash',
  card: 'card-terminal',
  qris: 'qris-unverified',
};

/** Drops what is zero, and fails loudly where the rest does not balance. */
function balanced(currency: Currency, amounts: readonly (readonly [Account, number])[]): Posting[] {
  const postings = amounts.filter(([, amount]) => amount !== 0).map(([account, amount]) => ({ account, currency, amount }));
  assert(sumAmounts(postings.map((posting) => posting.amount)) === 0, 'postings must balance');
  return postings;
}

/** One posting an account, however many tenders came into it. */
function tenderPostings(tenders: readonly TenderAmount[], sign: 1 | -1): [Account, number][] {
  const methods = [...new Set(tenders.map(({ method }) => method))];
  return methods.map((method) => {
    const amounts = tenders.filter((tender) => tender.method === method).map(({ amount }) => sign * amount);
    return [tenderAccounts[method], sumAmounts(amounts)];
  });
}

export const postingsForSale = ({ currency, net, tax, tip, rounding, tenders }: SaleAmounts): Posting[] =>
  balanced(currency, [
    ...tenderPostings(tenders, 1),
    ['sales-revenue', -net],
    ['tax-payable', -tax],
    ['tips-payable', -tip],
    ['cash-rounding', -rounding],
  ]);

export interface ReturnAmounts {
  currency: Currency;
  net: number;
  tax: number;
  /** What rounding gave or took when the money went back. */
  rounding: number;
  refunds: readonly TenderAmount[];
}

export const postingsForReturn = ({ currency, net, tax, rounding, refunds }: ReturnAmounts): Posting[] =>
  balanced(currency, [...tenderPostings(refunds, -1), ['sales-returns', net], ['tax-payable', tax], ['cash-rounding', rounding]]);

/** Cash into the drawer from outside it, or out of it when negative. */
export const postingsForDrawer = (currency: Currency, amount: number): Posting[] =>
  balanced(currency, [
    ['store-cash', amount],
    ['store-safe', -amount],
  ]);

/** A count found this much more in the drawer than expected, or less when negative. */
export const postingsForDifference = (currency: Currency, difference: number): Posting[] =>
  balanced(currency, [
    ['store-cash', difference],
    ['cash-difference', -difference],
  ]);
