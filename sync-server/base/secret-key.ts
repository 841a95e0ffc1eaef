// Where the key that seals secrets comes from: the setting, or, outside production, a file in the data folder that is made once.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RandomBytes } from '#schema/values/clock';

const shortest = 32;

export class MissingSecretKey extends Error {
  override name = 'MissingSecretKey';
}

interface KeyOptions {
  secretKey?: string | undefined;
  dataFolder: string;
  production: boolean;
  random: RandomBytes;
}

export function findSecretKey({ secretKey, dataFolder, production, random }: KeyOptions): string {
  if (secretKey !== undefined && secretKey.length >= shortest) return secretKey;
  if (secretKey !== undefined) throw new MissingSecretKey(`LAPAK_SECRET_KEY is too short: it needs ${shortest} characters.`);
  if (production)
    throw new MissingSecretKey('In production the server does not start without LAPAK_SECRET_KEY, which seals its secrets.');
  return keyFile(join(dataFolder, 'secret-key'), dataFolder, random);
}

function keyFile(path: string, folder: string, random: RandomBytes): string {
  mkdirSync(folder, { recursive: true });
  try {
    // `wx`: a key that something is sealed with is never written over.
    writeFileSync(path, Buffer.from(random(32)).toString('base64url'), { flag: 'wx', mode: 0o600 });
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') throw fault;
  }
  return readFileSync(path, 'utf8').trim();
}
