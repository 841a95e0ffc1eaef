// Tills of this node and the tokens of their browsers; only hashes of tokens are kept. A till's code stands on its receipts, so it is never
// given to another till: one that was withdrawn may be paired again, and one that the journal knows from a lost machine goes on.
import { textHash } from '#schema/facts/chain';
import type { Clock, RandomBytes } from '#schema/values/clock';
import type { MakeId } from '#schema/values/id';
import { isoTime } from '#schema/values/time';
import type { PairedTill } from '#schema/wire/till';
import { rowOf, rowsOf, type Sqlite, writer } from '../base/sqlite.ts';
import { receiptNumber } from '../sale/receipt-number.ts';

export interface Till {
  id: string;
  code: string;
  name: string;
}

export interface Tills {
  /** The till of the node's own screen, made on its first use. */
  own(): Till;
  byToken(token: string): Till | undefined;
  find(code: string): Till | undefined;
  /** In the order of their codes. */
  list(): PairedTill[];
  /** Whether there is or was a till of this code. */
  isKnown(code: string): boolean;
  /** The till of this code, or the next new one. */
  open(wish: { code: string | null; name: string | null }): Till;
  /** A token for a browser. Its wish again gives another in place of the first, whose answer may have been lost. */
  addToken(till: Till, pairingId: string | null): string;
  /** Its browsers are out at once, and no code for it is good any more. */
  revoke(till: Till): void;
}

export const OWN_CODE = 'T1';

interface TillParts {
  sqlite: Sqlite;
  clock: Clock;
  makeId: MakeId;
  random: RandomBytes;
}

interface TillRow extends Till {
  pairedAt: number;
  revokedAt: number | null;
  browsers: number;
}

export function openTills({ sqlite, clock, makeId, random }: TillParts): Tills {
  const readByCode = rowOf<Till>(sqlite, 'SELECT id, code, name FROM tills WHERE code = ?');
  const readAll = rowsOf<TillRow>(
    sqlite,
    `SELECT t.id, t.code, t.name, t.paired_at AS pairedAt, t.revoked_at AS revokedAt,
       (SELECT count(*) FROM till_tokens k WHERE k.till_id = t.id) AS browsers
     FROM tills t ORDER BY length(t.code), t.code`,
  );
  const insertTill = writer(sqlite, 'INSERT INTO tills (id, code, name, paired_at) VALUES (?, ?, ?, ?)');
  const pairAgain = writer(sqlite, 'UPDATE tills SET paired_at = ?, name = ?, revoked_at = NULL WHERE id = ?');
  const setRevoked = writer(sqlite, 'UPDATE tills SET revoked_at = ? WHERE id = ?');
  const insertToken = writer(sqlite, 'INSERT INTO till_tokens (token_hash, till_id, created_at, pairing_id) VALUES (?, ?, ?, ?)');
  const removePairing = writer(sqlite, 'DELETE FROM till_tokens WHERE pairing_id = ?');
  const removeTokens = writer(sqlite, 'DELETE FROM till_tokens WHERE till_id = ?');
  const removeCodes = writer(sqlite, 'DELETE FROM till_codes WHERE till_code = ?');
  const endSession = writer(sqlite, 'DELETE FROM staff_sessions WHERE till_id = ?');
  const readByToken = rowOf<Till>(
    sqlite,
    'SELECT t.id, t.code, t.name FROM till_tokens k JOIN tills t ON t.id = k.till_id WHERE k.token_hash = ?',
  );
  const history = openHistory(sqlite);
  // A till's token comes with every call; what was found once need not be hashed and looked up again.
  const known = new Map<string, Till>();

  function insert(code: string, name: string | null): Till {
    const till = { id: history.tillId(code) ?? makeId(), code, name: name ?? `Till ${numberOf(code)}` };
    insertTill(till.id, till.code, till.name, clock.now());
    return till;
  }

  const nextCode = () => `T${1 + Math.max(1, ...[...history.codes(), ...readAll().map(({ code }) => code)].map(numberOf))}`;

  return {
    own: () => readByCode(OWN_CODE) ?? insert(OWN_CODE, null),
    find: (code) => readByCode(code),
    list: () =>
      readAll().map(({ id, code, name, pairedAt, revokedAt, browsers }) => ({
        id,
        code,
        name,
        browsers,
        pairedAt: isoTime(pairedAt),
        revokedAt: revokedAt === null ? null : isoTime(revokedAt),
      })),
    isKnown: (code) => readByCode(code) !== undefined || history.codes().includes(code),
    open({ code, name }) {
      const till = code === null ? undefined : readByCode(code);
      if (!till) return insert(code ?? nextCode(), name);
      const renamed = { ...till, name: name ?? till.name };
      pairAgain(clock.now(), renamed.name, till.id);
      known.clear();
      return renamed;
    },
    addToken(till, pairingId) {
      const token = `till_${Buffer.from(random(32)).toString('base64url')}`;
      if (pairingId !== null) removePairing(pairingId);
      insertToken(textHash(token), till.id, clock.now(), pairingId);
      known.clear();
      return token;
    },
    byToken(token) {
      const cached = known.get(token);
      if (cached) return cached;
      const till = readByToken(textHash(token));
      if (till) known.set(token, till);
      return till;
    },
    revoke(till) {
      removeTokens(till.id);
      endSession(till.id);
      removeCodes(till.code);
      setRevoked(clock.now(), till.id);
      known.clear();
    },
  };
}

const numberOf = (code: string): number => Number(/\d+/.exec(code)?.[0] ?? 0);

/** What the journal tells of tills that this machine has not paired: those of a machine that was lost. */
function openHistory(sqlite: Sqlite) {
  const readSeries = rowsOf<{ series: string; last: number }>(
    sqlite,
    'SELECT series, last FROM receipt_series ORDER BY length(series), series',
  );
  const readTill = rowOf<{ tillId: string }>(
    sqlite,
    `SELECT till_id AS tillId FROM sales WHERE receipt = @receipt
     UNION ALL SELECT till_id FROM sale_returns WHERE receipt = @receipt`,
  );
  const codeOf = (series: string): string => /^[A-Z]+\d+/.exec(series)?.[0] ?? series;
  return {
    codes: () => readSeries().map(({ series }) => codeOf(series)),
    /** Of the last receipt under this code: its shift and its drawer go on. */
    tillId(code: string): string | undefined {
      const last = readSeries().findLast(({ series }) => codeOf(series) === code);
      return last && readTill({ receipt: receiptNumber(last.series, last.last) })?.tillId;
    },
  };
}
