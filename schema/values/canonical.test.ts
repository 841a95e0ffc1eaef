// The canonical text against its definition, for any value: what was hashed must be hashed again to the same, by anyone.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, type Json } from './canonical.ts';

/** The definition in the words of the platform: sorted by code units, nothing undefined, no white space. */
const defined = (value: Json): string =>
  JSON.stringify(value, (_, each) =>
    Object.prototype.toString.call(each) === '[object Object]'
      ? Object.fromEntries(
          Object.keys(each)
            .sort()
            .map((key) => [key, each[key]]),
        )
      : each,
  );

// Names that an object would put in an order of its own are for the table below.
const key = fc.oneof(fc.string(), fc.string({ unit: 'binary' })).filter((text) => !/^\d+$/.test(text) && text !== '__proto__');
const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<Json>(null, true, false),
    fc.maxSafeInteger(),
    fc.string({ unit: 'binary' }),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(key, tie('value'), { maxKeys: 50, noNullPrototype: true }),
  ),
}));

describe('the canonical text', () => {
  it('[SYN-03] is the one of its definition, whatever the value and however many its keys', () => {
    fc.assert(
      fc.property(value, (any) => {
        expect(canonical(any)).toBe(defined(any));
      }),
    );
  });

  it.each<[Json, string]>([
    [{ 9: 1, 10: 2, a: 3 }, '{"10":2,"9":1,"a":3}'],
    [{ b: undefined, a: -0 }, '{"a":0}'],
    [{ 'ключ "x"': 'a\n\u2028' }, '{"ключ \\"x\\"":"a\\n\u2028"}'],
    ['\ud800', '"\\ud800"'],
    [
      Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`k${(index * 7) % 60}`, 0])),
      `{${Array.from({ length: 60 }, (_, index) => `"k${index}":0`)
        .sort()
        .join(',')}}`,
    ],
  ])('[SYN-03] of %j is %s', (any, text) => {
    expect(canonical(any)).toBe(text);
  });

  it('[SYN-03] keeps kinds of object apart that end in the same key', () => {
    for (let time = 0; time < 2; time++) {
      expect(canonical({ b: 1, a: 2, z: 3 })).toBe('{"a":2,"b":1,"z":3}');
      expect(canonical({ c: 1, a: 2, z: 3 })).toBe('{"a":2,"c":1,"z":3}');
      expect(canonical({ c: 1, z: 3 })).toBe('{"c":1,"z":3}');
      expect(canonical({})).toBe('{}');
    }
  });

  it.each([0.5, Number.NaN, 2 ** 53])('[SYN-03] is refused for %d, which is not a safe integer', (number) => {
    expect(() => canonical({ number })).toThrow(/safe integers/);
  });
});
