// Money against the golden vectors, then any amounts at all: text and back, and rounding that a refund mirrors.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import vectors from '../vectors/money.json' with { type: 'json' };
import { type Currency, currencies } from './currency.ts';
import { scale, toStep } from './integer.ts';
import { money, toCash } from './money.ts';
import { amountText, moneyText, parseAmount } from './money-text.ts';

const spaced = (text: string) => text.replaceAll('\u00a0', ' ');
const anyAmount = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });

describe('money', () => {
  it.each(vectors.text)('[PAY-12] $amount $currency reads $moneyText', ({ amount, currency, ...texts }) => {
    const value = money(amount, currency as Currency);
    expect({ amountText: spaced(amountText(value)), moneyText: spaced(moneyText(value)) }).toEqual(texts);
  });

  it.each(vectors.parse)('[PAY-12] typed “$text” in $currency is $amount', ({ text, currency, amount }) => {
    expect(parseAmount(text, currency as Currency) ?? null).toBe(amount);
  });

  it.each(vectors.cash)('[PAY-03] $amount in cash of step $step is $rounded', ({ amount, step, rounded }) => {
    expect(toCash(amount, step)).toBe(rounded);
  });

  it('[PAY-12] what is shown, typed again, is the same amount', () => {
    fc.assert(
      fc.property(anyAmount, fc.constantFrom<Currency>('IDR', 'SEK'), (amount, currency) => {
        const payable = toStep(amount, currencies[currency].payableStep);
        expect(parseAmount(amountText(money(payable, currency)), currency)).toBe(payable);
      }),
    );
  });

  it('[PAY-12] a refund mirrors its sale to the unit, and large products stay exact', () => {
    fc.assert(
      fc.property(
        anyAmount,
        fc.integer({ min: 0, max: 20_000 }),
        fc.integer({ min: 1, max: 20_000 }),
        (amount, numerator, denominator) => {
          fc.pre((Math.abs(amount) * numerator) / denominator < Number.MAX_SAFE_INTEGER / 2); // what is beyond is refused
          const scaled = scale(amount, numerator, denominator);
          expect(scale(-amount, numerator, denominator) + scaled).toBe(0);
          const [exact, whole] = [BigInt(amount) * BigInt(numerator), BigInt(scaled) * BigInt(denominator)];
          const difference = exact > whole ? exact - whole : whole - exact;
          expect(difference * 2n).toBeLessThanOrEqual(BigInt(denominator));
        },
      ),
    );
  });
});
