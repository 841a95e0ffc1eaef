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

export function shareReads(bell: Bell, read: (reader: Reader) => Promise<Tail>): SharedReads {
  const rounds = new Map<string, Round>();
  return {
    tailOf(reader, rings) {
      const { relation } = reader.shape.table;
      let round = rounds.get(relation);
      if (!round || round.rings !== bell.rings(relation)) {
        round = { rings: bell.rings(relation), tails: new Map() };
        rounds.set(relation, round);
      }
      if (round.rings !== rings) return read(reader); // the bell rang while the caller came here; it will look again
      const key = `${reader.handle.hash}-${reader.handle.base}:${reader.offset}`;
      const { tails } = round;
      const shared = tails.get(key);
      if (shared) return shared;
      const started = read(reader);
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

const mostKeptBody = 256 * 1024;
