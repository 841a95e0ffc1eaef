// What a run of facts proves by itself, before any lock is taken: every text is a fact in its place, and the node signed the last hash.
import { chainHash, isSignedBy, runText } from '#schema/facts/chain';
import { readEnvelope } from '#schema/facts/envelope';
import { ok, type Result, refuse } from '#schema/values/result';
import type { FactRun } from '#schema/wire/sync';
import type { NodeCaller } from '../base/caller.ts';

export interface ChainedFact {
  seq: number;
  occurredAt: number;
  id: string;
  kind: string;
  prev: string;
  hash: string;
  text: string;
}

export type RunRefusal = 'wrong-node' | 'malformed-fact' | 'broken-chain' | 'bad-signature';

export function verifyRun(run: FactRun, node: NodeCaller): Result<ChainedFact[], RunRefusal> {
  if (run.nodeId !== node.nodeId)
    return refuse('wrong-node', 'The run names another node than the one that sends it.', { field: 'nodeId' });
  const chained: ChainedFact[] = [];
  let hash = run.prev;
  for (const [index, text] of run.facts.entries()) {
    const field = `facts[${index}]`;
    const fact = readEnvelope(text);
    if (!fact.ok) return { ...fact, field };
    const { generation, seq, id, kind, occurredAt } = fact.value;
    const expected = run.from + index;
    if (generation !== run.generation || seq !== expected)
      return refuse('broken-chain', `It stands at ${generation}.${seq}, where ${run.generation}.${expected} belongs.`, { field });
    const prev = hash;
    hash = chainHash(prev, text);
    chained.push({ seq, id, kind, occurredAt, prev, hash, text });
  }
  const head = { storeId: node.storeId, nodeId: run.nodeId, generation: run.generation, from: run.from };
  const signed = runText({ ...head, seq: run.from + run.facts.length - 1, hash });
  if (!isSignedBy(signed, run.signature, node.publicKey))
    return refuse('bad-signature', 'The signature does not fit these facts and this node’s key.', { field: 'signature' });
  return ok(chained);
}
