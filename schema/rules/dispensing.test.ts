// What paid units came to: whatever happened to their vouchers and in whatever order, each is counted once.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dispensingRows, dispensingSum, type PaidLine, type UnitVoucher } from './dispensing.ts';
import { afterReport, type VoucherEvent, type VoucherState, voucherMachine } from './voucher.ts';

const line = (lineId: string, quantity: number, total: number, businessDate = '2026-11-20'): PaidLine => ({
  saleId: 'sale',
  lineId,
  businessDate,
  quantity,
  total,
});

let ids = 0;

const voucher = (lineId: string, unit: number, state: VoucherState, more: Partial<UnitVoucher> = {}): UnitVoucher => {
  ids += 1;
  const id = String(ids).padStart(8, '0');
  return {
    id,
    saleId: 'sale',
    lineId,
    unit,
    firstId: id,
    businessDate: '2026-11-20',
    dispenserId: 'one',
    state,
    refunded: false,
    ...more,
  };
};

const of = (...[count, amount]: [number, number]) => ({ count, amount });

describe('what was paid for goods of dispensers', () => {
  it('[DSP-09] is dispensed, refunded or open, with what each of them cost', () => {
    const vouchers = [
      voucher('a', 0, 'dispensed'),
      voucher('a', 1, 'voided', { refunded: true }),
      voucher('a', 2, 'expired'),
      voucher('a', 2, 'open', { dispenserId: 'two' }),
      voucher('b', 0, 'uncertain'),
      voucher('b', 1, 'failed'),
    ];
    expect(dispensingRows([line('a', 3, 1_000_000), line('b', 2, 500_000, '2026-11-21')], vouchers, 'IDR')).toEqual([
      {
        businessDate: '2026-11-20',
        dispenserId: 'one',
        paid: of(2, 666_700),
        dispensed: of(1, 333_400),
        refunded: of(1, 333_300),
        open: of(0, 0),
        waiting: 0,
        uncertain: 0,
        lost: of(0, 0),
      },
      {
        businessDate: '2026-11-20',
        dispenserId: 'two',
        paid: of(1, 333_300),
        dispensed: of(0, 0),
        refunded: of(0, 0),
        open: of(1, 333_300),
        waiting: 1,
        uncertain: 0,
        lost: of(0, 0),
      },
      {
        businessDate: '2026-11-21',
        dispenserId: 'one',
        paid: of(2, 500_000),
        dispensed: of(0, 0),
        refunded: of(0, 0),
        open: of(2, 500_000),
        waiting: 0,
        uncertain: 1,
        lost: of(0, 0),
      },
    ]);
  });

  it('[DSP-09] counts what was poured after its money went back, or twice, as lost beside what was paid', () => {
    const vouchers = [
      voucher('a', 0, 'dispensed', { refunded: true }),
      voucher('a', 1, 'dispensed'),
      voucher('a', 1, 'dispensed', { dispenserId: 'two' }),
    ];
    const sum = dispensingSum(dispensingRows([line('a', 2, 1_000_000)], vouchers, 'IDR'));
    expect(sum).toMatchObject({
      paid: of(2, 1_000_000),
      dispensed: of(1, 500_000),
      refunded: of(1, 500_000),
      open: of(0, 0),
      lost: of(2, 1_000_000),
    });
  });

  it('[DSP-09] takes a voucher that the centre asked for as a unit that was paid there', () => {
    const asked = { saleId: null, lineId: null, unit: null };
    const vouchers = [voucher('', 0, 'dispensed', asked), voucher('', 0, 'open', { ...asked, businessDate: '2026-11-21' })];
    const rows = dispensingRows([], vouchers, 'IDR');
    expect(
      rows.map(({ businessDate, paid, dispensed, open }) => [businessDate, paid.count, dispensed.count, open.count]),
    ).toEqual([
      ['2026-11-20', 1, 1, 0],
      ['2026-11-21', 1, 0, 1],
    ]);
    const [, second] = vouchers;
    const again = voucher('', 0, 'dispensed', { ...asked, firstId: second?.id ?? '', businessDate: '2026-11-22' });
    const [, later, none] = dispensingRows([], [...vouchers, again], 'IDR');
    expect(later).toMatchObject({ businessDate: '2026-11-21', paid: of(1, 0), dispensed: of(1, 0), open: of(0, 0) });
    expect(none).toBeUndefined();
  });

  it('[DSP-09] balances in every row, whatever happened', () => {
    const seen = { dispensed: 0, refunded: 0, open: 0 };
    const history = fc.record({
      quantity: fc.integer({ min: 1, max: 5 }),
      total: fc.integer({ min: 0, max: 20_000 }).map((hundreds) => hundreds * 100),
      days: fc.constantFrom('2026-11-20', '2026-11-21'),
      units: fc.array(
        fc.record({
          refunded: fc.boolean(),
          vouchers: fc.array(
            fc.record({
              events: fc.array(fc.constantFrom<VoucherEvent>('pour', 'fail', 'doubt', 'expire', 'void'), { maxLength: 3 }),
              dispenserId: fc.constantFrom('one', 'two'),
            }),
            { maxLength: 3 },
          ),
        }),
        { minLength: 5, maxLength: 5 },
      ),
    });
    fc.assert(
      fc.property(fc.array(history, { maxLength: 6 }), fc.constantFrom('IDR' as const, 'SEK' as const), (histories, currency) => {
        const lines = histories.map(({ quantity, total, days }, index) => line(String(index), quantity, total, days));
        const vouchers = histories.flatMap(({ quantity, units }, index) =>
          units.slice(0, quantity).flatMap(({ refunded, vouchers: issued }, unit) =>
            issued.map(({ events, dispenserId }) => {
              const state = events.reduce((before, event) => afterReport(before, event), voucherMachine.initial);
              return voucher(String(index), unit, state, { dispenserId, refunded });
            }),
          ),
        );
        const rows = dispensingRows(lines, vouchers, currency);
        for (const { paid, dispensed, refunded, open } of rows)
          for (const part of ['count', 'amount'] as const) expect(paid[part]).toBe(dispensed[part] + refunded[part] + open[part]);
        const sum = dispensingSum(rows);
        expect(sum.paid).toEqual({
          count: lines.reduce((all, { quantity }) => all + quantity, 0),
          amount: lines.reduce((all, { total }) => all + total, 0),
        });
        expect(sum.dispensed.count + sum.lost.count).toBe(vouchers.filter(({ state }) => state === 'dispensed').length);
        for (const part of ['dispensed', 'refunded', 'open'] as const) seen[part] += Number(sum[part].amount > 0);
      }),
    );
    // So that none of the parts can be left out.
    for (const times of Object.values(seen)) expect(times).toBeGreaterThan(0);
  });
});
