// Passwords: argon2id, and the same time spent for a login that nobody has as for a wrong password.
import { hash, verify } from '@node-rs/argon2';

// The library's default algorithm is argon2id; OWASP's second profile, 19 MiB and two passes, is some tens of milliseconds here.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string, salt: Uint8Array): Promise<string> => hash(password, { ...cost, salt });

export const isPassword = (password: string, passwordHash: string): Promise<boolean> => verify(passwordHash, password);

/** Verified when there is no such login, so that the answer takes as long. No password gives this hash. */
export const nobodysHash = `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=1$bm9ib2R5IGlzIGhlcmU$${'A'.repeat(43)}`;
