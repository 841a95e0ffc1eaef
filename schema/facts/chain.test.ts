// The canonical text and the chain against the golden vector: both sides, and third parties, must make the same bytes.
import { describe, expect, it } from 'vitest';
import { canonical } from '../values/canonical.ts';
import vector from '../vectors/chain.json' with { type: 'json' };
import { chainHash, factText, GENESIS, isSignedBy, keyPairFromSeed, signText } from './chain.ts';
import { factKinds } from './registry.ts';

describe('the chain', () => {
  it('[SYN-03] [SYN-08] a fact has one text and one hash', () => {
    expect(factText(vector.fact)).toBe(vector.text);
    expect(chainHash(GENESIS, vector.text)).toBe(vector.hash);
  });

  it('[SYN-03] the order of keys does not matter, and only whole numbers have a text', () => {
    expect(canonical({ b: 1, a: [true, null, 'x'], c: undefined })).toBe('{"a":[true,null,"x"],"b":1}');
    expect(canonical(-0)).toBe('0');
    for (const value of [1.5, Number.NaN, 2 ** 53]) expect(() => canonical(value)).toThrow(/safe integers/);
  });

  it('[SYN-03] a signature holds for its text and its key alone', () => {
    const [ours, other] = [1, 2].map((byte) => keyPairFromSeed(new Uint8Array(32).fill(byte)));
    if (!ours || !other) throw new Error('two keys');
    const signature = signText('run', ours);
    expect(isSignedBy('run', signature, ours.publicKey)).toBe(true);
    expect(isSignedBy('ruin', signature, ours.publicKey)).toBe(false);
    expect(isSignedBy('run', signature, other.publicKey)).toBe(false);
    expect(isSignedBy('run', 'nonsense', 'nonsense')).toBe(false);
  });

  it('[SYN-09] a fact of a newer version is not read, one that does not fit is named', () => {
    const kind = factKinds.get(vector.fact.kind);
    expect(kind?.read(1, vector.fact.body)).toMatchObject({ ok: true });
    expect(kind?.read(99, vector.fact.body)).toMatchObject({ ok: false, code: 'unreadable-fact' });
    expect(kind?.read(1, { ...vector.fact.body, quantity: 'many' })).toMatchObject({
      ok: false,
      detail: expect.stringContaining('quantity'),
    });
  });
});
