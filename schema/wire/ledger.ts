// The books at the centre: balances by account, and every posting behind them.
import Type from 'typebox';
import { contract } from './contract.ts';
import { Amount, CurrencyCode, Id, Input, Page, pageQueryWith, Time } from './parts.ts';

export const ledgerContract = contract({
  balances: {
    method: 'GET',
    path: '/api/v1/ledger/balances',
    access: { can: 'ledger.read' },
    summary: 'The balance of each account by store and currency; each store’s sum to zero.',
    query: Input({ storeId: Type.Optional(Id) }),
    output: Type.Object({
      items: Type.Array(Type.Object({ storeId: Id, account: Type.String(), currency: CurrencyCode, balance: Amount })),
    }),
  },
  entries: {
    method: 'GET',
    path: '/api/v1/ledger/entries',
    access: { can: 'ledger.read' },
    summary: 'Entries with their postings, newest first.',
    query: pageQueryWith({ storeId: Type.Optional(Id), source: Type.Optional(Id) }),
    output: Page(
      Type.Object({
        id: Id,
        storeId: Id,
        source: Type.String(),
        businessDate: Type.String(),
        occurredAt: Time,
        postings: Type.Array(Type.Object({ account: Type.String(), amount: Amount, currency: CurrencyCode })),
      }),
    ),
    refusals: { 'bad-cursor': 422 },
  },
});
