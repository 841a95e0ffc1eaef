// A text that one machine alone can open: sealed to its X25519 key by a key that is thrown away. Who sealed it, it does not say.
import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import type { RandomBytes } from '../values/clock.ts';
import { ok, type Result, refuse } from '../values/result.ts';

/** Keys as they are stored and sent: 32 raw bytes in base64url. */
export interface BoxKeys {
  publicKey: string;
  privateKey: string;
}

const KEY = 32;
const NONCE = 12;
const TAG = 16;

const publicKeyOf = (x: string) => createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x }, format: 'jwk' });

function freshKey(random: RandomBytes): { privateKey: KeyObject; publicKey: string } {
  // The fixed head of a PKCS#8 X25519 key; the seed is all that differs.
  const head = Buffer.from('302e020100300506032b656e04220420', 'hex');
  const privateKey = createPrivateKey({ key: Buffer.concat([head, random(KEY)]), format: 'der', type: 'pkcs8' });
  return { privateKey, publicKey: createPublicKey(privateKey).export({ format: 'jwk' }).x as string };
}

const sharedKey = (privateKey: KeyObject, other: string, { from, to, context }: { from: string; to: string; context: string }) =>
  Buffer.from(
    hkdfSync(
      'sha256',
      diffieHellman({ privateKey, publicKey: publicKeyOf(other) }),
      `${from}.${to}`,
      `lapak-box ${context}`,
      KEY,
    ),
  );

/** `context` says what it is for: it opens for the same alone. */
export function sealTo(boxKey: string, text: string, context: string, random: RandomBytes): string {
  const fresh = freshKey(random);
  const nonce = Buffer.from(random(NONCE));
  const key = sharedKey(fresh.privateKey, boxKey, { from: fresh.publicKey, to: boxKey, context });
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.from(fresh.publicKey, 'base64url'), nonce, cipher.getAuthTag(), body]).toString('base64url');
}

export function openBox(box: string, { publicKey, privateKey }: BoxKeys, context: string): Result<string, 'not-for-us'> {
  const bytes = Buffer.from(box, 'base64url');
  const part = (from: number, size: number) => bytes.subarray(from, from + size);
  try {
    const from = part(0, KEY).toString('base64url');
    const own = createPrivateKey({ key: { kty: 'OKP', crv: 'X25519', x: publicKey, d: privateKey }, format: 'jwk' });
    const key = sharedKey(own, from, { from, to: publicKey, context });
    const decipher = createDecipheriv('aes-256-gcm', key, part(KEY, NONCE), { authTagLength: TAG });
    decipher.setAuthTag(part(KEY + NONCE, TAG));
    return ok(decipher.update(bytes.subarray(KEY + NONCE + TAG), undefined, 'utf8') + decipher.final('utf8'));
  } catch {
    return refuse('not-for-us', 'It was not sealed for this machine and this purpose, or somebody changed it.');
  }
}
