// Secrets at rest, and the key that seals them.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { randomBytes } from './clock.ts';
import { SealBroken, sealWith } from './secret.ts';
import { findSecretKey, MissingSecretKey } from './secret-key.ts';

const key = 'a secret key that is long enough';
const otherKey = 'another key that is long enough!';
const seal = sealWith([key], randomBytes);

describe('a seal', () => {
  it('opens what it sealed, for the same purpose only, and never gives the same text twice', () => {
    const sealed = seal.seal('kunci ☕', 'signing-key');
    expect(seal.open(sealed, 'signing-key')).toBe('kunci ☕');
    expect(seal.seal('kunci ☕', 'signing-key')).not.toBe(sealed);
    expect(sealed).not.toContain('kunci');
    expect(() => seal.open(sealed, 'another')).toThrow(SealBroken);
  });

  it('says that the key is another, or that the text was changed', () => {
    const sealed = seal.seal('text', 'signing-key');
    expect(() => sealWith([otherKey], randomBytes).open(sealed, 'signing-key')).toThrow('LAPAK_SECRET_KEY');
    const [version, name, nonce, tag = '', body] = sealed.split('.');
    expect(() =>
      seal.open([version, name, nonce, tag.replace(/./, (c) => (c === 'A' ? 'B' : 'A')), body].join('.'), 'signing-key'),
    ).toThrow();
    expect(() => seal.open('nonsense', 'signing-key')).toThrow(SealBroken);
  });

  it('opens what an earlier secret key sealed while that one is known, and tells which are to be sealed anew', () => {
    const sealed = seal.seal('text', 'signing-key');
    const changed = sealWith([otherKey, key], randomBytes);
    expect(changed.open(sealed, 'signing-key')).toBe('text');
    expect([seal.isCurrent(sealed), changed.isCurrent(sealed)]).toEqual([true, false]);
    const anew = changed.seal('text', 'signing-key');
    expect(changed.isCurrent(anew)).toBe(true);
    expect(() => seal.open(anew, 'signing-key')).toThrow(SealBroken);
  });
});

describe('the secret key', () => {
  it('is the setting, or a file that only its owner reads, made once; production insists on the setting', () => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'lapak-key-'));
    onTestFinished(() => rmSync(dataFolder, { recursive: true }));
    const find = (secretKey?: string, production = false) =>
      findSecretKey({ secretKey, dataFolder, production, random: randomBytes });
    const made = find();
    expect(find()).toBe(made);
    expect(statSync(join(dataFolder, 'secret-key')).mode & 0o777).toBe(0o600);
    const given = 'x'.repeat(40);
    expect([find(given), find(given, true)]).toEqual([given, given]);
    expect(() => find(undefined, true)).toThrow(MissingSecretKey);
    expect(() => find('short')).toThrow('too short');
  });
});
