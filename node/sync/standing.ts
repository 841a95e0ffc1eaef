// Whether this machine is still its store's node. Only the centre's signature ends that: nobody else can keep a till from selling.
import { isSignedBy, replacementText } from '#schema/facts/chain';
import { rowOf, type Sqlite, writer } from '../base/sqlite.ts';
import type { Centre } from './centre.ts';
import { syncCalls } from './history.ts';

export interface Replaced {
  replacedAt: number;
  signature: string;
}

export interface Replacement {
  current(): Replaced | undefined;
  keep(replaced: Replaced): void;
}

export function replacementOf(sqlite: Sqlite): Replacement {
  const read = rowOf<Replaced>(sqlite, 'SELECT replaced_at AS replacedAt, signature FROM replacements WHERE only = 1');
  const insert = writer(sqlite, 'INSERT OR IGNORE INTO replacements (only, replaced_at, signature) VALUES (1, ?, ?)');
  return {
    current: read,
    keep: ({ replacedAt, signature }) => void insert(replacedAt, signature),
  };
}

/** Asks, and tells how far this machine has written. Undefined while it is the store's node, and where an answer proves nothing. */
export async function askStanding({
  centre,
  head: { generation, seq },
}: {
  centre: Centre;
  head: { generation: number; seq: number };
}): Promise<Replaced | undefined> {
  const { standing, replacedAt, signature } = await syncCalls(centre).standing({ body: { head: { generation, seq } } });
  if (standing === 'live' || replacedAt === null || signature === null) return undefined;
  const { storeId, nodeId, centrePublicKey } = centre.enrolled;
  const isSigned = isSignedBy(replacementText({ storeId, nodeId, replacedAt }), signature, centrePublicKey);
  return isSigned ? { replacedAt, signature } : undefined;
}
