// What the centre takes from a node and what it does not: runs that are forged, gapped, reordered or another history change nothing.
import { createHash } from 'node:crypto';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { isSignedBy, keyPairFromSeed, runText, signText, witnessText } from '#schema/facts/chain';
import type { FactRun, Witness } from '#schema/wire/sync';
import { startTestCentre, type TestCentre } from '../test-centre.ts';
import { type TestFacts, testFacts } from '../test-facts.ts';
import { type FakeNode, post } from '../test-node.ts';

describe('POST /sync/facts', () => {
  let centre: TestCentre;
  let node: FakeNode;
  let facts: TestFacts;

  beforeAll(async () => {
    centre = await startTestCentre();
    node = await centre.enrolNode();
    facts = testFacts(node.makeId);
    const product = facts.product();
    node.append(...[1, 2, 3, 4, 5, 6].map((quantity) => facts.sale([{ product, quantity }])));
    expect((await node.send(node.run(1, 3))).status).toBe(200);
  });

  const stored = async () => {
    const { rows } = await centre.database.db.execute(
      sql`SELECT seq, hash FROM journal WHERE store_id = ${node.storeId} ORDER BY seq`,
    );
    return rows;
  };
  const signed = (run: Omit<FactRun, 'signature'>, hash: string, keys = node.keys): FactRun => {
    const { nodeId, generation, from } = run;
    const head = { storeId: node.storeId, nodeId, generation, from, seq: from + run.facts.length - 1, hash };
    return { ...run, signature: signText(runText(head), keys) };
  };
  const hashOver = (prev: string, texts: readonly string[]) =>
    texts.reduce((hash, text) => createHash('sha256').update(`${hash}\n${text}`).digest('hex'), prev);
  const resigned = (run: FactRun, change: Partial<FactRun>): FactRun => {
    const changed = { ...run, ...change };
    return signed(changed, hashOver(changed.prev, changed.facts));
  };
  const refusedWith = async (run: FactRun, status: number, code: string, field: string) => {
    const before = await stored();
    const answer = await node.send(run);
    expect(await answer.json()).toMatchObject({ status, code, field });
    expect(await stored()).toEqual(before);
  };

  it('[SYN-03] answers with the position that it has stored, signed by the centre; a repeated run answers the same', async () => {
    const again = await node.send(node.run(1, 3));
    const witness = (await again.json()) as Witness;
    const { signature, ...position } = witness;
    expect(position).toMatchObject({ storeId: node.storeId, generation: 1, seq: 3, hash: node.facts[2]?.hash });
    const { publicKey, items } = await centre.as.journal.witnesses({ params: { storeId: node.storeId } });
    expect(isSignedBy(witnessText(position), signature, publicKey)).toBe(true);
    expect(items).toEqual([witness]);
    expect(await (await node.send(node.run(2, 3))).json()).toEqual(witness);
    expect(await stored()).toHaveLength(3);
  });

  it('[SYN-03] a gap is refused with the position that is expected', async () => {
    const answer = await node.send(node.run(5, 6));
    expect(answer.status).toBe(409);
    expect(await answer.json()).toMatchObject({ code: 'gap', facts: { expected: { generation: 1, seq: 4 } } });
  });

  it('[SYN-03] forged, reordered, edited and foreign runs are refused by name, and nothing is stored', async () => {
    const run = node.run(4, 6);
    const [first = '', second = '', third = ''] = run.facts;
    await refusedWith({ ...run, signature: node.run(4, 5).signature }, 403, 'bad-signature', 'signature');
    await refusedWith({ ...run, facts: [first.replace('T1A', 'T1B'), second, third] }, 403, 'bad-signature', 'signature');
    const stranger = keyPairFromSeed(new Uint8Array(32).fill(7));
    await refusedWith(signed(run, hashOver(run.prev, run.facts), stranger), 403, 'bad-signature', 'signature');
    await refusedWith(resigned(run, { facts: [second, first, third] }), 409, 'broken-chain', 'facts[0]');
    await refusedWith(resigned(run, { facts: [first, third] }), 409, 'broken-chain', 'facts[1]');
    await refusedWith(resigned(run, { prev: 'f'.repeat(64) }), 409, 'broken-chain', 'prev');
    await refusedWith(resigned(run, { facts: [`${first}x`] }), 422, 'malformed-fact', 'facts[0]');
    await refusedWith(
      resigned(run, { facts: [first.replace('"kind":"sale.closed"', '"kind":7')] }),
      422,
      'malformed-fact',
      'facts[0]',
    );
    await refusedWith(resigned(run, { nodeId: centre.makeId() }), 403, 'wrong-node', 'nodeId');
    const later = run.facts.map((text) => text.replace('"generation":1', '"generation":2'));
    await refusedWith(resigned({ ...run, generation: 2 }, { facts: later }), 409, 'wrong-generation', 'generation');
  });

  it('[SYN-03] another text where the centre holds one is another history', async () => {
    const run = node.run(2, 4);
    const [first = '', ...rest] = run.facts;
    await refusedWith(resigned(run, { facts: [first.replace('"IDR"', '"SEK"'), ...rest] }), 409, 'other-history', 'facts[0]');
    await refusedWith(resigned(run, { prev: 'e'.repeat(64) }), 409, 'other-history', 'prev');
    await refusedWith(resigned(node.run(1, 2), { prev: 'e'.repeat(64) }), 409, 'other-history', 'prev');
  });

  it('takes compressed runs, an overlap of old and new, and kinds and versions that it does not know', async () => {
    node.append({ kind: 'moon.landed', body: { at: 'Tranquility' }, version: 9 });
    const token = await node.token();
    const send = (body: Buffer, encoding: string) =>
      fetch(`${centre.url}/sync/facts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-encoding': encoding, authorization: `Bearer ${token}` },
        body: new Uint8Array(body),
      });
    const packed = (run: FactRun) => Buffer.from(JSON.stringify(run));
    expect((await send(gzipSync(packed(node.run(2, 5))), 'gzip')).status).toBe(200);
    expect((await send(brotliCompressSync(packed(node.run(6, 7))), 'br')).status).toBe(200);
    expect(await stored()).toHaveLength(7);
    expect((await send(packed(node.run(7, 7)), 'deflate')).status).toBe(415);
    expect((await send(Buffer.from('not gzip'), 'gzip')).status).toBe(400);
    const bomb = gzipSync(Buffer.alloc(40 * 1024 * 1024, 0x20));
    expect((await send(bomb, 'gzip')).status).toBe(413);
    await centre.settle();
    expect((await centre.as.exception.list()).items).toEqual([]);
    const { items } = await centre.as.journal.facts({ params: { storeId: node.storeId }, query: { after: '1.6' } });
    expect(items).toMatchObject([{ seq: 7, text: node.facts[6]?.text }]);
  });

  it('refuses what the envelope does not know, by field', async () => {
    const run = node.run(7, 7);
    const send = async (body: object) => (await post(`${centre.url}/sync/facts`, body, await node.token())).json();
    expect(await send({ ...run, hurry: true })).toMatchObject({ status: 422, code: 'unknown-field', field: 'hurry' });
    expect(await send({ ...run, from: '7' })).toMatchObject({ status: 422, code: 'bad-input', field: 'from' });
    expect(await send({ ...run, facts: [] })).toMatchObject({ status: 422, field: 'facts' });
  });
});
