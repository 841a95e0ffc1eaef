// A return as it is put together: how much, by which tender, and what is still wanted.
import { describe, expect, test } from 'vitest';
import type { ReturnableSale } from '#schema/wire/return';
import {
  bodyOf,
  newReturn,
  type ReturnEntry,
  refundFor,
  refundsOf,
  stepOf,
  wantedLines,
  wantOf,
  withQuantity,
} from './return-entry.ts';

type Line = ReturnableSale['lines'][number];

const coffee: Line = {
  lineId: 'coffee',
  productId: 'p-coffee',
  name: 'Kopi susu',
  quantity: 3,
  quantityScale: 0,
  dispensable: false,
  net: 4_864_900,
  taxRate: 1_100,
  taxAmount: 535_100,
  total: 5_400_000,
  returned: 1,
  vouchersUsed: 0,
  vouchersOpen: 0,
};
const apples: Line = { ...coffee, lineId: 'apples', name: 'Apel', quantity: 750, quantityScale: 3, returned: 0 };

const entryOf = (tenders: ReturnableSale['tenders'], more: Partial<ReturnEntry> = {}): ReturnEntry => ({
  ...newReturn('return-1'),
  step: 'choose',
  reason: 'return_mind',
  sale: {
    storeId: 'store',
    saleId: 'sale',
    receipt: 'T1A-000001',
    businessDate: '2026-11-20',
    occurredAt: '2026-11-20T05:00:00.000Z',
    currency: 'IDR',
    total: 10_800_000,
    rounding: 0,
    lines: [coffee, apples],
    tenders,
    cashBefore: 0,
  },
  ...more,
});
const cash = [{ method: 'cash' as const, amount: 10_800_000, refunded: 0 }];

describe('a return', () => {
  test('[ORD-14] is never more than was sold and has not come back; what is weighed comes back whole', () => {
    let entry = entryOf(cash);
    for (let press = 0; press < 5; press++) entry = withQuantity(entry, coffee, (entry.quantities.coffee ?? 0) + stepOf(coffee));
    expect(wantedLines(entry)).toEqual([{ lineId: 'coffee', quantity: 2 }]);
    entry = withQuantity(entry, apples, stepOf(apples));
    expect(wantedLines(entry)).toContainEqual({ lineId: 'apples', quantity: 750 });
    expect(wantedLines(withQuantity(entry, coffee, -1))).toEqual([{ lineId: 'apples', quantity: 750 }]);
    const refund = refundFor(withQuantity(entry, coffee, 0));
    expect(refund.ok && refund.value.total).toBe(5_400_000);
  });

  test.each([
    { tenders: cash, total: 1_000_000, refunds: [{ method: 'cash', amount: 1_000_000 }] },
    {
      tenders: [{ method: 'card' as const, amount: 10_800_000, refunded: 0 }],
      total: 1_000_000,
      refunds: [{ method: 'card', amount: 1_000_000 }],
    },
    {
      tenders: [
        { method: 'card' as const, amount: 800_000, refunded: 200_000 },
        { method: 'qris' as const, amount: 10_000_000, refunded: 0 },
      ],
      total: 1_000_000,
      refunds: [
        { method: 'card', amount: 600_000 },
        { method: 'cash', amount: 400_000 },
      ],
    },
  ])('[ORD-14] gives $total back by the tender taken, a card its part first, the rest in cash', ({ tenders, total, refunds }) => {
    expect(refundsOf(entryOf(tenders), total)).toEqual(refunds);
  });

  test('says what is wanted, one thing after the other', () => {
    const chosen = withQuantity(entryOf(cash), coffee, 1);
    expect(wantOf(entryOf(cash), 0)).toBe('return_want_line');
    expect(wantOf({ ...chosen, reason: null }, 1_800_000)).toBe('return_want_reason');
    expect(wantOf(chosen, 1_800_000)).toBeNull();
    const byCard = withQuantity(entryOf([{ method: 'card', amount: 10_800_000, refunded: 0 }]), coffee, 1);
    expect(wantOf(byCard, 1_800_000)).toBe('enter_reference');
    expect(wantOf({ ...byCard, reference: '4711' }, 1_800_000)).toBeNull();
  });

  test('names its store only where that is another', () => {
    const asked = { reason: 'Changed mind', total: 1_800_000, refundId: () => 'refund' };
    const own = withQuantity(entryOf(cash), coffee, 1);
    expect(bodyOf(own, asked)).not.toHaveProperty('storeId');
    expect(bodyOf({ ...own, storeName: 'Warung Budi' }, asked)).toMatchObject({ storeId: 'store', receipt: 'T1A-000001' });
    expect(bodyOf(own, { ...asked, total: 0 }).refunds).toEqual([{ refundId: 'refund', method: 'cash', amount: 0 }]);
  });
});
