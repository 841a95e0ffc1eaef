// Tags of the EPC Tag Data Standard and our own, read; made by the standard's table and read back; and what is no tag of goods.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gtin14 } from './gtin.ts';
import { readTag } from './sgtin.ts';

/** Written from the standard's table, apart from the reader. */
function writeTag(prefix: string, reference: string, serial: number, filter: number): string {
  const partition = 12 - prefix.length;
  const widths = [40, 37, 34, 30, 27, 24, 20];
  const width = widths[partition] ?? 0;
  const binary = (value: number, bits: number) => value.toString(2).padStart(bits, '0');
  const bits = [
    binary(0x30, 8),
    binary(filter, 3),
    binary(partition, 3),
    binary(Number(prefix), width),
    binary(Number(reference), 44 - width),
    binary(serial, 38),
  ].join('');
  return (bits.match(/.{4}/g) ?? []).map((four) => Number.parseInt(four, 2).toString(16)).join('');
}

describe('[INV-06] SGTIN-96', () => {
  it.each([
    ['3074257BF7194E4000001A85', '80614141123458', 6789, 3, 'urn:epc:id:sgtin:0614141.812345.6789'],
    ['30362550FC60AE4000000001', '08999999990015', 1, 1, 'urn:epc:id:sgtin:8999999.099001.1'],
  ])('%s is item %s, serial %i', (tag, gtin, serial, filter, uri) => {
    expect(readTag(tag)).toEqual({ ok: true, value: { gtin, serial, filter, uri } });
    expect(readTag(tag.toLowerCase())).toEqual(readTag(tag));
  });

  it.each([
    ['another header', '3174257BF7194E4000001A85', 'not-sgtin-96'],
    ['a partition of seven', '307C257BF7194E4000001A85', 'bad-partition'],
    ['a company prefix of too many digits', `30003${'F'.repeat(9)}4000000001`, 'bad-reference'],
    ['too few digits', '3074257BF7194E4000001A8', 'not-a-tag'],
    ['a letter beyond F', '3074257BF7194E4000001A8G', 'not-a-tag'],
    ['nothing', '', 'not-a-tag'],
  ])('refuses %s', (_, tag, code) => expect(readTag(tag)).toMatchObject({ ok: false, code }));

  it('what is written by the table is read back, and its GTIN has a right check digit', () => {
    const digits = (length: number) =>
      fc.integer({ min: 0, max: 10 ** length - 1 }).map((value) => String(value).padStart(length, '0'));
    const item = fc.integer({ min: 6, max: 12 }).chain((length) => fc.tuple(digits(length), digits(13 - length)));
    fc.assert(
      fc.property(
        item,
        fc.integer({ min: 0, max: 2 ** 38 - 1 }),
        fc.integer({ min: 0, max: 7 }),
        ([prefix, reference], serial, filter) => {
          const read = readTag(writeTag(prefix, reference, serial, filter));
          expect(read).toMatchObject({
            ok: true,
            value: { serial, filter, uri: `urn:epc:id:sgtin:${prefix}.${reference}.${serial}` },
          });
          const gtin = read.ok ? read.value.gtin : '';
          expect(gtin14(gtin)).toBe(gtin);
          expect(gtin.slice(0, 13)).toBe(`${reference[0]}${prefix}${reference.slice(1)}`);
        },
      ),
    );
  });
});
