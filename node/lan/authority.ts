// The authority of this store box, made when its LAN is first enabled and kept: what people let their tablets trust holds after a restart and
// after a restore. It is made anew only where somebody gives the box a name that the first may not sign for.
import { X509Certificate } from 'node:crypto';
import { rowOf, type Sqlite, writer } from '../base/sqlite.ts';
import { type Authority, covers, type MakingParts, makeAuthority } from './certificate.ts';

export interface KeptAuthority extends Authority {
  /** SHA-256, as people compare it. */
  fingerprint: string;
}

interface AuthorityParts extends MakingParts {
  sqlite: Sqlite;
  storeName: string;
  /** What it must be able to sign for. */
  names: readonly string[];
}

export function openAuthority({ sqlite, storeName, names, ...making }: AuthorityParts): KeptAuthority {
  const read = rowOf<Authority & { names: string }>(
    sqlite,
    'SELECT certificate, private_key AS privateKey, names FROM lan_authority WHERE only = 1',
  );
  const write = writer(
    sqlite,
    'INSERT OR REPLACE INTO lan_authority (only, certificate, private_key, names) VALUES (1, ?, ?, ?)',
  );
  const kept = read();
  const mayGoOn = kept && names.every((name) => covers(JSON.parse(kept.names) as string[], name));
  const authority = mayGoOn ? kept : makeAuthority(storeName, names, making);
  if (!mayGoOn) write(authority.certificate, authority.privateKey, JSON.stringify(names));
  const { certificate, privateKey } = authority;
  return { certificate, privateKey, fingerprint: new X509Certificate(certificate).fingerprint256 };
}
