// Tills of this node and the tokens of their browsers. The node's own screen pairs without a code; only hashes of tokens are kept.
import { textHash } from '#schema/facts/chain';
import type { Clock, RandomBytes } from '#schema/values/clock';
import type { MakeId } from '#schema/values/id';
import { rowOf, type Sqlite, writer } from '../base/sqlite.ts';

export interface Till {
  id: string;
  code: string;
  name: string;
}

export interface Tills {
  /** The till of the node's own screen, made on its first use. */
  own(): Till;
  pair(till: Till): string;
  byToken(token: string): Till | undefined;
}

const OWN_CODE = 'T1';

interface TillParts {
  sqlite: Sqlite;
  clock: Clock;
  makeId: MakeId;
  random: RandomBytes;
}

export function openTills({ sqlite, clock, makeId, random }: TillParts): Tills {
  const readOwn = rowOf<Till>(sqlite, 'SELECT id, code, name FROM tills WHERE code = ?');
  const insertTill = writer(sqlite, 'INSERT INTO tills (id, code, name, paired_at) VALUES (?, ?, ?, ?)');
  const insertToken = writer(sqlite, 'INSERT INTO till_tokens (token_hash, till_id, created_at) VALUES (?, ?, ?)');
  const readByToken = rowOf<Till>(
    sqlite,
    'SELECT t.id, t.code, t.name FROM till_tokens k JOIN tills t ON t.id = k.till_id WHERE k.token_hash = ?',
  );
  // A till's token comes with every call; what was found once need not be hashed and looked up again.
  const known = new Map<string, Till>();
  return {
    own() {
      const till = readOwn(OWN_CODE) ?? { id: makeId(), code: OWN_CODE, name: 'Till 1' };
      if (!readOwn(OWN_CODE)) insertTill(till.id, till.code, till.name, clock.now());
      return till;
    },
    pair(till) {
      const token = `till_${Buffer.from(random(32)).toString('base64url')}`;
      insertToken(textHash(token), till.id, clock.now());
      return token;
    },
    byToken(token) {
      const cached = known.get(token);
      if (cached) return cached;
      const till = readByToken(textHash(token));
      if (till) known.set(token, till);
      return till;
    },
  };
}
