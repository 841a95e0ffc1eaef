// Tenders: cash alone rounds, only cash gives change, and whatever is combined pays exactly what is due.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settle, type TenderOffer } from './tender.ts';

const kronor = { currency: 'SEK', cashStep: 100 } as const;
const cash = (tendered: number): TenderOffer => ({ tenderId: 'cash', method: 'cash', tendered });
const card = (amount: number, tenderId = 'card'): TenderOffer => ({ tenderId, method: 'card', amount, reference: '4711' });
const qris = (amount: number): TenderOffer => ({ tenderId: 'qris', method: 'qris', amount, reference: 'T1-0412' });

describe('tenders', () => {
  it('[PAY-03] rounds 99,50 to 100 kr in cash and to nothing on a card', () => {
    expect(settle(9_950, [cash(10_000)], kronor)).toMatchObject({ ok: true, value: { due: 10_000, rounding: 50 } });
    expect(settle(9_950, [card(9_950)], kronor)).toMatchObject({ ok: true, value: { due: 9_950, rounding: 0 } });
  });

  it('[PAY-18] rounds only the cash that remains after the others', () => {
    expect(settle(9_950, [card(5_000), cash(5_000)], kronor)).toMatchObject({
      ok: true,
      value: { rounding: 50, tenders: [{ amount: 5_000 }, { amount: 5_000, change: 0 }] },
    });
  });

  it('[PAY-04] takes a static code as unverified', () => {
    expect(settle(5_000, [qris(5_000)], { currency: 'IDR', cashStep: null })).toMatchObject({
      ok: true,
      value: { tenders: [{ method: 'qris', state: 'unverified', reference: 'T1-0412' }] },
    });
  });

  it.each([
    ['a card that charges more', [card(10_000)], 'too-much-tendered'],
    ['a card that charges less', [card(9_000)], 'not-enough-tendered'],
    ['two tenders of one id', [card(5_000), card(4_950)], 'bad-tender'],
    ['a charge of nothing', [card(0), cash(10_000)], 'bad-tender'],
    ['cash twice', [cash(5_000), { ...cash(5_000), tenderId: 'other' }], 'bad-tender'],
  ])('[PAY-18] refuses %s', (_, offers, code) => {
    expect(settle(9_950, offers, kronor)).toMatchObject({ ok: false, code });
  });

  it('[PAY-18] for any split the tenders add up to what is due, and only cash gives change', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 50_000 }), { maxLength: 4 }),
        fc.nat(50_000),
        fc.nat(500),
        (charges, rest, more) => {
          const cards = charges.map((amount, index) => card(amount, `card-${index}`));
          const payable = charges.reduce((sum, amount) => sum + amount, 0) + rest;
          const settled = settle(payable, [...cards, cash(rest + 100 + more)], kronor);
          if (!settled.ok) throw new Error(settled.detail);
          const { tenders, due, rounding } = settled.value;
          expect(tenders.reduce((sum, { amount }) => sum + amount, 0)).toBe(due);
          expect(due).toBe(payable + rounding);
          expect(tenders.filter(({ method, change }) => method !== 'cash' && change !== 0)).toEqual([]);
        },
      ),
    );
  });
});
