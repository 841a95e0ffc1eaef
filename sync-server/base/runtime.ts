// What routes and sweeps hold: the database, and time and chance as arguments. Commands get a transaction and a context instead.
import type { Clock, RandomBytes } from '#schema/values/clock';
import type { MakeId } from '#schema/values/id';
import type { Result } from '#schema/values/result';
import type { Caller } from './caller.ts';
import type { Database, Tx } from './database.ts';
import { transaction } from './transaction.ts';

export interface Runtime {
  database: Database;
  clock: Clock;
  random: RandomBytes;
  makeId: MakeId;
}

/** What a command may know beside its input. */
export interface Context {
  now: number;
  makeId: MakeId;
  random: RandomBytes;
  /** The person who asked; null where a node or the clock did. */
  by: string | null;
}

export const contextOf = ({ clock, makeId, random }: Runtime, caller?: Caller): Context => ({
  now: clock.now(),
  makeId,
  random,
  by: caller?.kind === 'person' ? caller.userId : null,
});

class Refused<R> extends Error {
  readonly answer: R;
  constructor(answer: R) {
    super('refused');
    this.answer = answer;
  }
}

/** Runs a command for a route: a refusal undoes whatever the command had written before it refused. */
export async function runCommand<T, Code extends string>(
  runtime: Runtime,
  caller: Caller | undefined,
  command: (tx: Tx, context: Context) => Promise<Result<T, Code>>,
): Promise<Result<T, Code>> {
  try {
    return await transaction(runtime.database, async (tx) => {
      const answer = await command(tx, contextOf(runtime, caller));
      if (!answer.ok) throw new Refused(answer);
      return answer;
    });
  } catch (error) {
    if (error instanceof Refused) return error.answer as Result<T, Code>;
    throw error;
  }
}
