// What a fact means in the books: balanced postings, debit positive, credit negative, to the unit. Corrections are more postings.

import { assert } from '../values/assert.ts';
import type { Currency } from '../values/currency.ts';
import { sumAmounts } from '../values/money.ts';

/** The chart of accounts so far. The centre's books know one set per store. */
export const accounts = {
  'store-cash': 'Cash in the drawers of a store',
  'sales-revenue': 'Goods and services sold, without tax',
  'tax-payable': 'Tax collected and owed',
  'cash-rounding': 'What rounding of cash gave or took',
} as const;

export type Account = keyof typeof accounts;

export interface Posting {
  account: Account;
  currency: Currency;
  amount: number;
}

export interface SaleAmounts {
  currency: Currency;
  net: number;
  tax: number;
  rounding: number;
  tenders: readonly { amount: number }[];
}

export function postingsForSale(sale: SaleAmounts): Posting[] {
  const post = (account: Account, amount: number): Posting => ({ account, currency: sale.currency, amount });
  const postings = [
    post('store-cash', sumAmounts(sale.tenders.map((tender) => tender.amount))),
    post('sales-revenue', -sale.net),
    post('tax-payable', -sale.tax),
    post('cash-rounding', -sale.rounding),
  ].filter((posting) => posting.amount !== 0);
  assert(sumAmounts(postings.map((posting) => posting.amount)) === 0, 'the postings of a sale must balance');
  return postings;
}
