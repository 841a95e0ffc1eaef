// The one way to write: works that arrive in one turn of the event loop share one commit, each in its own savepoint. Every answer
// waits for the disk, and throughput grows under load. A refused or failing work leaves no trace; an error that ends the whole
// transaction (disk full, I/O, memory) is a fault for every waiter, and the head of the chain is read from disk again.

import type { Static, TSchema } from 'typebox';
import { chainHash, factText } from '#schema/facts/chain';
import type { Fact, FactKind } from '#schema/facts/fact';
import type { Clock } from '#schema/values/clock';
import type { MakeId } from '#schema/values/id';
import type { Result } from '#schema/values/result';
import type { EndOfTurn } from '../base/clock.ts';
import { type Sqlite, writer } from '../base/sqlite.ts';
import { type Head, loadHead, openFirstGeneration } from './head.ts';
import { type Projection, project } from './projection.ts';
import { isStorageError, type StorageCause, StorageFault, storageCause } from './storage-fault.ts';

export interface Commit {
  /** The time of this work: never below the journal's last fact. */
  now: number;
  generation: number;
  append<Kind extends string, Schema extends TSchema>(
    kind: FactKind<Kind, Schema>,
    body: Static<Schema>,
    by?: { id?: string; staff?: string | null },
  ): { generation: number; seq: number; id: string };
}

export type Work<T, Code extends string> = (commit: Commit) => Result<T, Code>;

export interface Journal {
  write<T, Code extends string>(work: Work<T, Code>): Promise<Result<T, Code>>;
  head(): Readonly<Head>;
  /** Hears facts once they are on disk, and only then: what the outside may hear. Whoever waited for them is answered before. */
  onAppended(listener: (facts: readonly Fact[]) => void): void;
  /** Hears that a commit could not be written, and why. */
  onFault(listener: (cause: StorageCause) => void): void;
  /** Writes what waits and takes no more. */
  close(): void;
}

interface Waiting {
  work: Work<unknown, string>;
  settle: (outcome: Result<unknown>) => void;
  fail: (error: unknown) => void;
}

interface JournalParts {
  sqlite: Sqlite;
  projections: readonly Projection[];
  clock: Clock;
  /** Milliseconds that the centre's clock is ahead of ours, as last learned. */
  clockOffset: () => number;
  makeId: MakeId;
  endOfTurn: EndOfTurn;
}

export function openJournal({ sqlite, projections, clock, clockOffset, makeId, endOfTurn }: JournalParts): Journal {
  const insertFact = writer(sqlite, 'INSERT INTO facts (generation, seq, id, kind, hash, text) VALUES (?, ?, ?, ?, ?, ?)');
  const begin = writer(sqlite, 'BEGIN IMMEDIATE');
  const savepoint = writer(sqlite, 'SAVEPOINT work');
  const release = writer(sqlite, 'RELEASE work');
  const rollBackWork = writer(sqlite, 'ROLLBACK TO work');
  const commitAll = writer(sqlite, 'COMMIT');
  const rollBackAll = writer(sqlite, 'ROLLBACK');
  const listeners: ((facts: readonly Fact[]) => void)[] = [];
  const faultListeners: ((cause: StorageCause) => void)[] = [];
  openFirstGeneration(sqlite, clock.now());
  let head = loadHead(sqlite);
  /** After a fault only the disk knows what became of the commit; a damaged one may not tell that either. */
  let isHeadSure = true;
  let appended: Fact[] = [];
  let untold: Fact[] = [];
  let queue: Waiting[] = [];
  let closed = false;

  function beginWork(): Commit {
    const now = Math.max(clock.now() + clockOffset(), head.occurredAt);
    return {
      now,
      generation: head.generation,
      append(kind, body, { id = makeId(), staff = null } = {}) {
        const { generation } = head;
        const seq = head.seq + 1;
        const fact = { generation, seq, id, kind: kind.kind, version: kind.version, occurredAt: now, staff, body };
        const text = factText(fact);
        const hash = chainHash(head.hash, text);
        insertFact(generation, seq, id, kind.kind, hash, text);
        project(projections, fact);
        head = { generation, seq, hash, occurredAt: now };
        appended.push(fact);
        return { generation, seq, id };
      },
    };
  }

  /**
   * One work in its savepoint; its outcome is told only after the shared commit. A work alone in its turn has the transaction for itself
   * and is spared the savepoint, which copies each page that the work changes.
   */
  function runOne(waiting: Waiting, alone: boolean): () => void {
    const before = { head, facts: appended.length };
    if (!alone) savepoint();
    try {
      const outcome = waiting.work(beginWork());
      if (!outcome.ok) undo(before, alone);
      else if (!alone) release();
      return () => waiting.settle(outcome);
    } catch (error) {
      if (isStorageError(error) || !sqlite.inTransaction) throw error;
      undo(before, alone);
      return () => waiting.fail(error);
    }
  }

  function undo(before: { head: Head; facts: number }, alone: boolean): void {
    if (alone) {
      rollBackAll();
    } else {
      rollBackWork();
      release();
    }
    head = before.head;
    appended.length = before.facts;
  }

  function tell(): void {
    const facts = untold;
    untold = [];
    if (facts.length > 0) for (const listener of listeners) listener(facts);
  }

  function commitTurn(): void {
    const turn = queue;
    queue = [];
    if (turn.length === 0) return;
    let answers: (() => void)[];
    appended = [];
    const before = head;
    try {
      if (!isHeadSure) head = loadHead(sqlite);
      isHeadSure = true;
      begin();
      answers = turn.map((waiting) => runOne(waiting, turn.length === 1));
      if (sqlite.inTransaction) commitAll();
    } catch (error) {
      if (sqlite.inTransaction) rollBackAll();
      head = before;
      isHeadSure = false;
      const cause = storageCause(error);
      for (const listener of faultListeners) listener(cause);
      const fault = new StorageFault(cause, { cause: error });
      for (const waiting of turn) waiting.fail(fault);
      return;
    }
    for (const answer of answers) answer();
    if (appended.length === 0) return;
    // Answers leave when this call has ended. What others hear can wait for that.
    if (untold.length === 0) endOfTurn(tell);
    untold.push(...appended);
  }

  return {
    head: () => head,
    onAppended: (listener) => void listeners.push(listener),
    onFault: (listener) => void faultListeners.push(listener),
    write<T, Code extends string>(work: Work<T, Code>): Promise<Result<T, Code>> {
      if (closed) return Promise.reject(new StorageFault('stopping'));
      return new Promise<Result<T, Code>>((resolve, reject) => {
        const settle = resolve as (outcome: Result<unknown>) => void;
        if (queue.push({ work, settle, fail: reject }) === 1) endOfTurn(commitTurn);
      });
    },
    close() {
      commitTurn();
      tell();
      closed = true;
    },
  };
}
