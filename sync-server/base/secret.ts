// Secrets at rest: AES-256-GCM under a key derived from the installation's secret key. Each text says which purpose it was sealed for, and
// under which key, so that the secret key can be changed: what an earlier one sealed opens as long as that one is known.
import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { present } from '#schema/values/assert';
import type { RandomBytes } from '#schema/values/clock';

/** The secret key of this server is not the one that sealed it, or somebody changed the text. */
export class SealBroken extends Error {
  override name = 'SealBroken';
}

export interface Seal {
  seal(text: string, purpose: string): string;
  open(sealed: string, purpose: string): string;
  /** Whether the secret key of today sealed it. */
  isCurrent(sealed: string): boolean;
}

const VERSION = 'v1';

const derive = (secretKey: string, purpose: string, size: number) =>
  Buffer.from(hkdfSync('sha256', secretKey, 'lapak-at-rest', purpose, size));

/** Tells keys apart and nothing else. */
const nameOf = (secretKey: string) => derive(secretKey, 'name', 6).toString('base64url');

/** The first key seals; the others, that were the secret key before, only open. */
export function sealWith(secretKeys: readonly [string, ...string[]], random: RandomBytes): Seal {
  const [current] = secretKeys;
  const byName = new Map(secretKeys.map((key) => [nameOf(key), key]));
  return {
    seal(text, purpose) {
      const nonce = random(12);
      const cipher = createCipheriv('aes-256-gcm', derive(current, purpose, 32), nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      const parts = [nonce, cipher.getAuthTag(), body].map((part) => Buffer.from(part).toString('base64url'));
      return [VERSION, nameOf(current), ...parts].join('.');
    },
    open(sealed, purpose) {
      const [version, name, nonce, tag, body] = sealed.split('.');
      try {
        if (version !== VERSION) throw new SealBroken('unknown version of a sealed text');
        const key = present(byName.get(name ?? ''), 'no key of that name');
        const decipher = createDecipheriv('aes-256-gcm', derive(key, purpose, 32), Buffer.from(nonce ?? '', 'base64url'), {
          authTagLength: 16,
        });
        decipher.setAuthTag(Buffer.from(tag ?? '', 'base64url'));
        return decipher.update(Buffer.from(body ?? '', 'base64url'), undefined, 'utf8') + decipher.final('utf8');
      } catch (cause) {
        throw new SealBroken(
          `The ${purpose} cannot be opened: neither LAPAK_SECRET_KEY nor one of LAPAK_SECRET_KEYS_BEFORE is the key that sealed it.`,
          { cause },
        );
      }
    },
    isCurrent: (sealed) => sealed.startsWith(`${VERSION}.${nameOf(current)}.`),
  };
}
