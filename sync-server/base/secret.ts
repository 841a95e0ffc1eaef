// Secrets at rest: AES-256-GCM under a key derived from the installation's secret key. Each text says which purpose it was sealed for.
import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import type { RandomBytes } from '#schema/values/clock';

/** The secret key of this server is not the one that sealed it, or somebody changed the text. */
export class SealBroken extends Error {
  override name = 'SealBroken';
}

export interface Seal {
  seal(text: string, purpose: string): string;
  open(sealed: string, purpose: string): string;
}

export function sealWith(secretKey: string, random: RandomBytes): Seal {
  const keyFor = (purpose: string) => Buffer.from(hkdfSync('sha256', secretKey, 'lapak-at-rest', purpose, 32));
  return {
    seal(text, purpose) {
      const nonce = random(12);
      const cipher = createCipheriv('aes-256-gcm', keyFor(purpose), nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return ['v1', nonce, cipher.getAuthTag(), body]
        .map((part) => (typeof part === 'string' ? part : Buffer.from(part).toString('base64url')))
        .join('.');
    },
    open(sealed, purpose) {
      const [version, nonce, tag, body] = sealed.split('.');
      try {
        if (version !== 'v1') throw new SealBroken('unknown version of a sealed text');
        const decipher = createDecipheriv('aes-256-gcm', keyFor(purpose), Buffer.from(nonce ?? '', 'base64url'), {
          authTagLength: 16,
        });
        decipher.setAuthTag(Buffer.from(tag ?? '', 'base64url'));
        return decipher.update(Buffer.from(body ?? '', 'base64url'), undefined, 'utf8') + decipher.final('utf8');
      } catch (cause) {
        throw new SealBroken(`The ${purpose} cannot be opened: LAPAK_SECRET_KEY is not the key that sealed it.`, { cause });
      }
    },
  };
}
