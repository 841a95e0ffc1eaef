// Payments beside cash: what a store takes, what is typed, and what may be charged.
import { describe, expect, it, test } from 'vitest';
import type { TillSession } from '#schema/wire/till';
import { chargedBy, chargeOf, methodsOf, newCharge, typeCharge } from './charge.ts';

const sessionOf = (settings: object, currency = 'IDR') => ({ store: { currency, settings } }) as unknown as TillSession;
const off = { offlineQris: 'off', qrisStatic: null, cardTerminal: false };

test.each([
  ['cash alone where nothing else is set', sessionOf(off), ['cash']],
  ['a terminal', sessionOf({ ...off, cardTerminal: true }), ['cash', 'card']],
  ['a code that may be taken unverified', sessionOf({ ...off, offlineQris: 'unverified', qrisStatic: '00' }), ['cash', 'qris']],
  ['no code where unverified is off', sessionOf({ ...off, qrisStatic: '00' }), ['cash']],
  ['no code in another currency', sessionOf({ ...off, offlineQris: 'unverified', qrisStatic: '00' }, 'SEK'), ['cash']],
])('[PAY-04] a till offers %s', (_, session, expected) => expect(methodsOf(session)).toEqual(expected));

const entry = (method: 'card' | 'qris') =>
  newCharge({ tenderId: '0123456789abcdef', method, rest: 4_750_000, currency: 'IDR', tillCode: 'T1' });
const typed = (method: 'card' | 'qris', keys: string[]) => keys.reduce((at, key) => typeCharge(at, key, 'IDR'), entry(method));

describe('a charge', () => {
  it('is of the whole rest until an amount is typed, and never of more', () => {
    expect(chargeOf(entry('qris'), 4_750_000, 'IDR')).toMatchObject({ amount: 4_750_000, reference: 'T1-89ABCDEF' });
    expect(chargeOf(typed('qris', ['2', '0', '000']), 4_750_000, 'IDR')).toMatchObject({ amount: 2_000_000 });
    expect(chargeOf(typed('qris', ['9', '0', '000']), 4_750_000, 'IDR')).toBe('enter_amount');
    expect(chargeOf(typed('qris', ['Backspace']), 4_750_000, 'IDR')).toBe('enter_amount');
  });

  it('by card wants the number on the slip, digits only', () => {
    expect(chargeOf(entry('card'), 4_750_000, 'IDR')).toBe('enter_reference');
    const slip = typed('card', ['7', '7', 'Backspace', '1', ',']);
    expect(chargeOf(slip, 4_750_000, 'IDR')).toEqual({
      tenderId: '0123456789abcdef',
      method: 'card',
      amount: 4_750_000,
      reference: '71',
    });
    expect(chargedBy([{ tenderId: 'a', method: 'card', amount: 2, reference: '1' }])).toBe(2);
  });
});
