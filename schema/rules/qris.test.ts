// QRIS codes against payloads whose checksums were computed elsewhere, and against text that only looks like one.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc16, dynamicQris, readStaticQris } from './qris.ts';

const head = '00020101021';
const merchant =
  '26670015COM.EXAMPLE.WWW011893600999000000001602150000000000000010303UMI51440014ID.CO.QRIS.WWW0215ID20990000000010303UMI520458125303360';
const place = '5802ID5912KEDAI CONTOH6007JAKARTA610510110';
const fixedCode = `${head}1${merchant}${place}62070703A0163042E84`;

describe('QRIS', () => {
  it('[PAY-04] has the checksum that the standard gives', () => {
    expect(crc16('123456789')).toBe('29B1');
  });

  it.each([
    ['INV-0001', 45_000, `${head}2${merchant}540545000${place}62190508INV-00010703A01630422FB`],
    ['INV-0118', 45_000, `${head}2${merchant}540545000${place}62190508INV-01180703A0163040424`],
  ])('[PAY-04] makes the static code carry %s and %i rupiah', (reference, rupiah, payload) => {
    expect(dynamicQris(fixedCode, rupiah, reference)).toEqual({ ok: true, value: payload });
  });

  it('[PAY-04] refuses a code with any one character changed', () => {
    fc.assert(
      fc.property(fc.nat(fixedCode.length - 1), fc.constantFrom('0', '1', '7', 'A', 'x', '|'), (at, character) => {
        fc.pre(fixedCode[at] !== character);
        expect(readStaticQris(fixedCode.slice(0, at) + character + fixedCode.slice(at + 1)).ok).toBe(false);
      }),
    );
  });

  it.each([
    ['nothing', ''],
    ['a checksum that is no hex', `${fixedCode.slice(0, -4)}M2B3`],
    ['a code made for one payment', `${head}2${merchant}540545000${place}62190508INV-00010703A01630422FB`],
    ['a code that is too long', fixedCode.repeat(4)],
  ])('[PAY-04] refuses %s and says what to do', (_, payload) => {
    expect(readStaticQris(payload)).toMatchObject({ ok: false, code: 'bad-qris', next: expect.any(String) });
  });

  it('[PAY-04] gives a code that reads back, whatever the amount and reference', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), fc.stringMatching(/^[A-Z0-9-]{1,40}$/), (rupiah, reference) => {
        const made = dynamicQris(fixedCode, rupiah, reference);
        if (!made.ok) throw new Error(made.detail);
        expect(crc16(made.value.slice(0, -4))).toBe(made.value.slice(-4));
        expect(made.value).toContain(`54${String(String(rupiah).length).padStart(2, '0')}${rupiah}5802ID`);
      }),
    );
  });
});
