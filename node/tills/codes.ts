// One-time codes by which a browser on another machine becomes a till: made by a person of the store, good for a quarter of an hour and for
// one browser. Only hashes are kept. Whoever guesses is soon not looked at any more.
import { textHash } from '#schema/facts/chain';
import { toBase32 } from '#schema/values/base32';
import type { Clock, RandomBytes } from '#schema/values/clock';
import { ok, type Result, refuse } from '#schema/values/result';
import { isoTime } from '#schema/values/time';
import { rowOf, type Sqlite, writer } from '../base/sqlite.ts';
import type { Till, Tills } from './pairing.ts';

export const CODE_LIFE_MS = 15 * 60_000;
/** Forty bits: eight letters, none of which is read as another. */
const CODE_BYTES = 5;
const KEPT_MS = 86_400_000;
const TRIES = 5;
const WAIT_MS = 60_000;
/** Addresses that are remembered; whoever has more of them has more guesses, and still not enough. */
const REMEMBERED = 1_000;

export interface WishedCode {
  id: string;
  till: string | null;
  name: string | null;
}

export interface CodeUse {
  code: string;
  /** The browser's name for its wish. */
  pairingId: string | null;
  /** The address that it comes from. */
  from: string;
}

type UseRefusal = 'bad-pairing-code' | 'pairing-code-used' | 'pairing-code-expired' | 'too-many-tries';

export interface TillCodes {
  make(wish: WishedCode): Result<{ code: string; till: string | null; expiresAt: string }, 'unknown-till' | 'id-reused'>;
  use(use: CodeUse): Result<{ token: string; till: Till }, UseRefusal>;
}

interface CodeRow {
  id: string;
  tillCode: string | null;
  name: string | null;
  expiresAt: number;
  usedAt: number | null;
  pairingId: string | null;
}

interface CodeParts {
  sqlite: Sqlite;
  clock: Clock;
  random: RandomBytes;
  tills: Tills;
}

const columns = 'id, till_code AS tillCode, name, expires_at AS expiresAt, used_at AS usedAt, pairing_id AS pairingId';

export function openTillCodes({ sqlite, clock, random, tills }: CodeParts): TillCodes {
  const readById = rowOf<CodeRow>(sqlite, `SELECT ${columns} FROM till_codes WHERE id = ?`);
  const readByHash = rowOf<CodeRow>(sqlite, `SELECT ${columns} FROM till_codes WHERE code_hash = ?`);
  const insert = writer(
    sqlite,
    `INSERT INTO till_codes (id, code_hash, till_code, name, expires_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET code_hash = excluded.code_hash, expires_at = excluded.expires_at`,
  );
  const setUsed = writer(sqlite, 'UPDATE till_codes SET used_at = ?, pairing_id = ?, till_code = ? WHERE id = ?');
  const forget = writer(sqlite, 'DELETE FROM till_codes WHERE expires_at < ?');
  const guesses = openGuesses(clock);

  return {
    make({ id, till, name }) {
      const now = clock.now();
      if (till !== null && !tills.isKnown(till))
        return refuse('unknown-till', `There has been no till ${till} here.`, {
          field: 'till',
          next: 'Leave it out to make a new till; `lapak till list` shows those that there are.',
        });
      const known = readById(id);
      // The same wish again is answered with a new code: the first is not kept, only its hash.
      if (known && (known.usedAt !== null || known.tillCode !== till || known.name !== name))
        return refuse('id-reused', 'That id was used for another pairing code.', { field: 'id', next: 'Make a new id.' });
      forget(now - KEPT_MS);
      const code = toBase32(random(CODE_BYTES));
      insert(id, textHash(code), till, name, now + CODE_LIFE_MS);
      return ok({ code: `${code.slice(0, 4)}-${code.slice(4)}`, till, expiresAt: isoTime(now + CODE_LIFE_MS) });
    },
    use({ code, pairingId, from }) {
      const waitMs = guesses.waitOf(from);
      if (waitMs > 0) {
        const seconds = Math.ceil(waitMs / 1_000);
        return refuse('too-many-tries', `Too many wrong codes. Codes from here are looked at again in ${seconds} s.`, {
          next: 'Wait, then type the code with care.',
          facts: { seconds },
        });
      }
      const now = clock.now();
      const row = readByHash(textHash(normalised(code)));
      if (!row) {
        guesses.wrong(from);
        return refuse('bad-pairing-code', 'That is not a pairing code of this store box.', {
          field: 'code',
          next: 'Type it as it stands, or have a new one made.',
        });
      }
      const isRepeated = row.usedAt !== null && pairingId !== null && row.pairingId === pairingId;
      if (row.usedAt !== null && !isRepeated)
        return refuse('pairing-code-used', 'That pairing code has been used.', { field: 'code', next: 'Have a new one made.' });
      if (row.expiresAt <= now)
        return refuse('pairing-code-expired', 'That pairing code has expired.', { field: 'code', next: 'Have a new one made.' });
      guesses.right(from);
      const till = tills.open({ code: row.tillCode, name: row.name });
      setUsed(now, pairingId, till.code, row.id);
      return ok({ token: tills.addToken(till, pairingId), till });
    },
  };
}

/** As people type it: small letters, with or without the dash, O for 0, I or L for 1. */
const normalised = (code: string): string =>
  code
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');

/** Wrong codes by where they come from. In memory: nobody far away can restart a store box. */
function openGuesses(clock: Clock) {
  const byAddress = new Map<string, { wrong: number; lockedUntil: number }>();
  return {
    waitOf: (from: string): number => (byAddress.get(from)?.lockedUntil ?? 0) - clock.now(),
    wrong(from: string): void {
      const wrong = (byAddress.get(from)?.wrong ?? 0) + 1;
      const rounds = Math.floor(wrong / TRIES);
      const lockedUntil = wrong % TRIES === 0 ? clock.now() + WAIT_MS * 2 ** Math.min(rounds - 1, 6) : 0;
      byAddress.delete(from);
      byAddress.set(from, { wrong, lockedUntil });
      const [oldest] = byAddress.keys();
      if (byAddress.size > REMEMBERED && oldest !== undefined) byAddress.delete(oldest);
    },
    right: (from: string): void => void byAddress.delete(from),
  };
}
