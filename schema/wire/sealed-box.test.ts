// A box opens for one machine and one purpose, as it was filled.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { openBox, sealTo } from './sealed-box.ts';

function keys() {
  const jwk = generateKeyPairSync('x25519').privateKey.export({ format: 'jwk' });
  return { publicKey: jwk.x as string, privateKey: jwk.d as string };
}

const own = keys();
const box = sealTo(own.publicKey, 'kunci ☕', 'for tests', randomBytes);

it('[DSP-11] a box opens with the key that it was sealed to, and is another one each time', () => {
  expect(openBox(box, own, 'for tests')).toEqual({ ok: true, value: 'kunci ☕' });
  expect(sealTo(own.publicKey, 'kunci ☕', 'for tests', randomBytes)).not.toBe(box);
});

it('[DSP-11] a box opens for nobody else, for nothing else, and not after any byte of it was changed', () => {
  expect(openBox(box, keys(), 'for tests')).toMatchObject({ code: 'not-for-us' });
  expect(openBox(box, own, 'for others')).toMatchObject({ code: 'not-for-us' });
  const bytes = Buffer.from(box, 'base64url');
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] as number) ^ 1;
    expect(openBox(changed.toString('base64url'), own, 'for tests').ok, `byte ${at}`).toBe(false);
  }
  for (const text of ['', 'AAAA', '!!!']) expect(openBox(text, own, 'for tests').ok).toBe(false);
});
