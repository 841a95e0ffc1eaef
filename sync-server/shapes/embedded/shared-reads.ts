// Live readers of the same shape at the same offset share one query and one body, until the bell says that there is more.
import type { Bell } from './bell.ts';
import type { Reader, Tail } from './tail.ts';

export interface SharedReads {
  tailOf(reader: Reader, rings: number): Promise<Tail>;
}

interface Round {
  rings: number;
  tails: Map<string, Promise<Tail>>;
}

const mostKeptBody = 64 * 1024;
const mostRemembered = 10_000;

export function shareReads(bell: Bell, read: (reader: Reader, seenTo: number) => Promise<Tail>): SharedReads {
  const rounds = new Map<string, Round>();
  // How far the log was looked through for an offset, in vain: a quiet reader's offset stays, but nothing is read twice for it.
  const seen = new Map<string, number>();

  const roundOf = (relation: string): Round => {
    const rings = bell.rings(relation);
    const current = rounds.get(relation);
    if (current?.rings === rings) return current;
    const begun = { rings, tails: new Map() };
    rounds.set(relation, begun);
    return begun;
  };

  const readNew = async (key: string, reader: Reader): Promise<Tail> => {
    const tail = await read(reader, seen.get(key) ?? 0);
    if (tail.moved || tail.messages.length > 0) seen.delete(key);
    else seen.set(key, tail.seenPosition);
    if (seen.size > mostRemembered) seen.clear();
    return tail;
  };

  return {
    tailOf(reader, rings) {
      const key = `${reader.handle.hash}-${reader.handle.base}:${reader.offset}`;
      const round = roundOf(reader.shape.table.relation);
      if (round.rings !== rings) return readNew(key, reader); // the bell rang on the way here; the caller will look again
      const { tails } = round;
      const shared = tails.get(key);
      if (shared) return shared;
      const started = readNew(key, reader);
      tails.set(key, started);
      // A fault, or an answer too large to keep, is not for those who come later.
      started.then(
        (tail) => (tail.moved || tail.body.length > mostKeptBody ? tails.delete(key) : undefined),
        () => tails.delete(key),
      );
      return started;
    },
  };
}
