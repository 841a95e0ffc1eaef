// Check digits of barcodes of every length, and slips that they catch.
import { describe, expect, it } from 'vitest';
import { gtin14 } from './gtin.ts';

describe('GTIN', () => {
  it.each([
    ['8991002101234', '08991002101234'],
    ['7310865004703', '07310865004703'],
    ['036000291452', '00036000291452'],
    ['96385074', '00000096385074'],
    ['10012345678902', '10012345678902'],
  ])('%s is kept as %s', (code, kept) => expect(gtin14(code)).toBe(kept));

  it.each([
    ['a wrong check digit', '7310865004704'],
    ['two digits changed about', '7310856004703'],
    ['eleven digits', '36000291452'],
    ['a letter', '73108650047O3'],
    ['nothing', ''],
  ])('refuses %s', (_, code) => expect(gtin14(code)).toBeUndefined());
});
