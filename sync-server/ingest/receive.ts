// The way in for facts: POST /sync/facts verifies a run, stores its texts as written, and signs how far it has them (a witness).
// Facts are never refused for what they say; a run is, when it does not continue the history that the centre already holds.
import { and, between, eq } from 'drizzle-orm';
import type { ChainPosition, KeyPair } from '#schema/facts/chain';
import { generations, journal, journalHeads } from '#schema/tables/central/journal';
import { present } from '#schema/values/assert';
import { ok, type Result, refuse } from '#schema/values/result';
import type { FactRun, Witness } from '#schema/wire/sync';
import { insertMany } from '../base/bulk.ts';
import type { NodeCaller } from '../base/caller.ts';
import type { Tx } from '../base/database.ts';
import type { Runtime } from '../base/runtime.ts';
import { transaction } from '../base/transaction.ts';
import { lockHead, openGeneration } from '../modules/stores/generations.ts';
import { type ChainedFact, verifyRun } from './verify-run.ts';
import { readWitness, signWitness } from './witness.ts';

export type ReceiveRefusal =
  | 'wrong-node'
  | 'wrong-generation'
  | 'gap'
  | 'broken-chain'
  | 'other-history'
  | 'bad-signature'
  | 'malformed-fact';

export interface Received {
  witness: Witness;
  /** Facts that were new. */
  stored: number;
}

export async function receiveRun(
  runtime: Runtime,
  key: KeyPair,
  node: NodeCaller,
  run: FactRun,
): Promise<Result<Received, ReceiveRefusal>> {
  const verified = verifyRun(run, node);
  if (!verified.ok) return verified;
  return transaction(runtime.database, async (tx) => {
    const head = await headFor(tx, node, run, { requestId: verified.value[0]?.id ?? '', now: runtime.clock.now() });
    if (run.generation !== head.generation)
      return refuse('wrong-generation', `This store’s journal is at generation ${head.generation}.`, {
        field: 'generation',
        facts: { generation: head.generation, seq: head.seq },
      });
    if (run.from > head.seq + 1)
      return refuse('gap', `The facts from ${head.seq + 1} to ${run.from - 1} are missing.`, {
        field: 'from',
        next: 'Send from the expected position.',
        facts: { expected: { generation: head.generation, seq: head.seq + 1 } },
      });
    const contradiction = await findContradiction(tx, node.storeId, head, run, verified.value);
    if (contradiction) return contradiction;
    const fresh = verified.value.filter(({ seq }) => seq > head.seq);
    const last = fresh.at(-1);
    if (!last) return ok({ witness: await readWitness(tx, node.storeId, head.generation), stored: 0 });
    await storeFacts(tx, node.storeId, head.generation, fresh, runtime.clock.now());
    const position = { storeId: node.storeId, generation: head.generation, seq: last.seq, hash: last.hash };
    return ok({ witness: await signWitness(tx, key, { ...position, signedAt: runtime.clock.now() }), stored: fresh.length });
  });
}

type Head = ChainPosition;

/**
 * The end of the journal. A machine that was set back to a backup with nobody to ask has opened a generation by itself: it is noted with
 * its first run, if it goes on from a fact that is held here.
 */
async function headFor(
  tx: Tx,
  { nodeId, storeId }: NodeCaller,
  run: FactRun,
  { requestId, now }: { requestId: string; now: number },
): Promise<Head> {
  const head = await lockHead(tx, storeId);
  if (run.generation <= head.generation || run.from !== 1) return head;
  const prev = run.prev === head.hash ? head : await findByHash(tx, storeId, run.prev);
  if (!prev) return head;
  await openGeneration(tx, { storeId, nodeId, why: 'restored', requestId, prev, generation: run.generation }, now);
  return { generation: run.generation, seq: 0, hash: run.prev };
}

/** A run continues what is stored, repeats it to the letter, or is another history. */
async function findContradiction(tx: Tx, storeId: string, head: Head, run: FactRun, facts: readonly ChainedFact[]) {
  if (run.from === head.seq + 1) {
    if (run.prev === head.hash) return undefined;
    return refuse('broken-chain', `The run does not continue from the hash of ${head.generation}.${head.seq}.`, {
      field: 'prev',
      facts: { expected: { generation: head.generation, seq: head.seq + 1, prev: head.hash } },
    });
  }
  const stored = await storedHashes(tx, storeId, head.generation, run.from - 1, run.from + facts.length - 1);
  if (run.from === 1) stored.set(0, await hashBefore(tx, storeId, head.generation));
  const differs = [{ seq: run.from - 1, hash: run.prev }, ...facts].find(
    ({ seq, hash }) => seq <= head.seq && stored.get(seq) !== hash,
  );
  if (!differs) return undefined;
  return refuse('other-history', `The centre holds another fact at ${head.generation}.${differs.seq}.`, {
    field: differs.seq < run.from ? 'prev' : `facts[${differs.seq - run.from}]`,
    next: 'Two machines have written for this store, or a backup was restored. A person must decide which history holds.',
    facts: { at: { generation: head.generation, seq: differs.seq } },
  });
}

async function storedHashes(tx: Tx, storeId: string, generation: number, from: number, to: number): Promise<Map<number, string>> {
  const rows = await tx
    .select({ seq: journal.seq, hash: journal.hash })
    .from(journal)
    .where(and(eq(journal.storeId, storeId), eq(journal.generation, generation), between(journal.seq, from, to)));
  return new Map(rows.map(({ seq, hash }) => [seq, hash]));
}

async function storeFacts(tx: Tx, storeId: string, generation: number, facts: readonly ChainedFact[], receivedAt: number) {
  await insertMany(
    tx,
    journal,
    facts.map(({ seq, id, kind, hash, text }) => ({ storeId, generation, seq, id, kind, receivedAt, hash, text })),
  );
  const last = facts.at(-1) as ChainedFact;
  await tx.update(journalHeads).set({ seq: last.seq, hash: last.hash }).where(eq(journalHeads.storeId, storeId));
}

/** What the first fact of a generation points back to. */
async function hashBefore(tx: Tx, storeId: string, generation: number): Promise<string> {
  const [opened] = await tx
    .select({ prev: generations.prevHash })
    .from(generations)
    .where(and(eq(generations.storeId, storeId), eq(generations.generation, generation)));
  return present(opened, `generation ${generation} of store ${storeId} was opened`).prev;
}

async function findByHash(tx: Tx, storeId: string, hash: string): Promise<ChainPosition | undefined> {
  const [row] = await tx
    .select({ generation: journal.generation, seq: journal.seq, hash: journal.hash })
    .from(journal)
    .where(and(eq(journal.storeId, storeId), eq(journal.hash, hash)));
  return row;
}
