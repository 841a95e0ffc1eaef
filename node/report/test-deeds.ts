// What facts say was done, read straight from a journal: what reports are held against.
import type { DrawerMoved } from '#schema/facts/drawer-moved';
import type { Fact } from '#schema/facts/fact';
import type { SaleClosed } from '#schema/facts/sale-closed';
import type { SaleReturned } from '#schema/facts/sale-returned';
import type { SaleVoided } from '#schema/facts/sale-voided';
import type { ShiftClosed } from '#schema/facts/shift-closed';
import { addDeeds, type Deeds, noDeeds } from '#schema/rules/report';

const readers: Record<string, (body: never) => Partial<Deeds>> = {
  'sale.closed': ({ total, discounted, tip, rounding, tenders, lines }: SaleClosed) => ({
    sales: [{ count: 1, total, discounts: discounted > 0 ? 1 : 0, discounted, tip, rounding }],
    taken: tenders.map(({ method, state, amount }) => ({ method, state, count: 1, amount })),
    soldTaxes: lines.map(({ tax, net, taxAmount }) => ({ rate: tax.rate, net, tax: taxAmount })),
  }),
  'sale.returned': ({ total, rounding, refunds, lines }: SaleReturned) => ({
    returns: [{ count: 1, total, rounding }],
    givenBack: refunds.map(({ method, amount }) => ({ method, count: 1, amount })),
    returnedTaxes: lines.map(({ taxRate, net, taxAmount }) => ({ rate: taxRate, net, tax: taxAmount })),
  }),
  'sale.voided': ({ total }: SaleVoided) => ({ voids: [{ count: 1, amount: total }] }),
  'drawer.moved': ({ kind, amount }: DrawerMoved) => ({ movements: [{ kind, count: 1, amount }] }),
  'shift.closed': ({ counted, expected }: ShiftClosed) => ({
    closedShifts: [{ count: 1, over: Math.max(0, counted - expected), short: Math.max(0, expected - counted) }],
  }),
};

export const deedsOfFacts = (facts: readonly Fact[]): Deeds =>
  facts.map(({ kind, body }) => ({ ...noDeeds(), ...readers[kind]?.(body as never) })).reduce(addDeeds, noDeeds());
