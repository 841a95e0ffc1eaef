// What the centre answers to a run counts only when it proves that the centre holds this very history.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyPairFromSeed, signText, witnessText } from '#schema/facts/chain';
import { present } from '#schema/values/assert';
import { handClock } from '#schema/values/test-clock';
import type { Witness } from '#schema/wire/sync';
import { randomBytes } from '../base/clock.ts';
import { openLog } from '../base/log.ts';
import { saleOf, startTestNode, type TestNode } from '../test-node.ts';
import { openIdentity } from './identity.ts';
import { startUplink } from './up.ts';
import { witnessedSeqReader, witnessKeeper } from './witness.ts';

const centreKeys = keyPairFromSeed(new Uint8Array(32).fill(1));
const strangerKeys = keyPairFromSeed(new Uint8Array(32).fill(2));

describe('witnesses', () => {
  let node: TestNode;
  let storeId: string;
  beforeAll(async () => {
    node = await startTestNode();
    storeId = node.makeId();
    for (let count = 0; count < 3; count++) await node.sale.close({ body: saleOf(node, { 'TEH-MANIS': 1 }) });
  });
  afterAll(() => node.remove());

  const lastSeq = () => node.store.journal.head().seq;

  /** What an honest centre answers, but for what a test makes wrong before or after it is signed. */
  function answerOf({
    before = {},
    after = {},
    keys = centreKeys,
  }: {
    before?: object;
    after?: object;
    keys?: typeof centreKeys;
  }) {
    const { generation, seq, hash } = node.store.journal.head();
    const said = { storeId, generation, seq, hash, signedAt: 1_000, ...before } as Omit<Witness, 'signature'>;
    return { ...said, signature: signText(witnessText(said), keys), ...after };
  }

  /** Lets the uplink send to a centre that answers so, and says what the node then holds for witnessed. */
  async function sendTo(answer: object, runs = 1) {
    const clock = handClock();
    const waits: number[] = [];
    const sent: unknown[] = [];
    const uplink = startUplink({
      sqlite: node.store.sqlite,
      identity: openIdentity(node.store.sqlite, node.makeId, randomBytes),
      centre: {
        enrolled: { nodeId: node.makeId(), storeId, serverUrl: 'http://centre.test', centrePublicKey: centreKeys.publicKey },
        fetch: async (_, init) => {
          sent.push(init?.body);
          return Response.json(answer);
        },
      },
      clock: {
        ...clock,
        after(delayMs, call) {
          waits.push(delayMs);
          return clock.after(delayMs, call);
        },
      },
      log: openLog('silent'),
      onAcknowledged: () => {},
    });
    await expect.poll(() => sent.length).toBe(runs);
    await expect.poll(() => waits.length > 0 || witnessedSeqReader(node.store.sqlite)() > 0).toBe(true);
    await uplink.stop();
    return { witnessed: witnessedSeqReader(node.store.sqlite)(), waits };
  }

  const hashOfFirst = () =>
    present(node.store.sqlite.prepare<[], { hash: string }>('SELECT hash FROM facts ORDER BY seq LIMIT 1').get(), 'a fact').hash;

  const liars: [string, string, () => object][] = [
    ['a signature by another key', 'bad-signature', () => answerOf({ keys: strangerKeys })],
    ['a signature over something else', 'bad-signature', () => answerOf({ after: { signedAt: 2_000 } })],
    ['another hash, signed', 'other-history', () => answerOf({ before: { hash: 'a'.repeat(64) } })],
    ['the hash of another fact of ours, signed', 'other-history', () => answerOf({ before: { hash: hashOfFirst() } })],
    ['a position that this journal does not have, signed', 'other-history', () => answerOf({ before: { seq: lastSeq() + 5 } })],
    ['a position of another generation, signed', 'other-history', () => answerOf({ before: { generation: 2 } })],
    [
      'another store’s position, signed',
      'other-store',
      () => answerOf({ before: { storeId: '01a1fc91-c55f-7a57-b12c-a8c69adebaa4' } }),
    ],
    ['no position at all', 'not-a-witness', () => ({ welcome: 'to the hotel’s network' })],
  ];

  it.each(liars)(
    '[SYN-03] %s is no witness: nothing counts as sent, and the run is offered again a minute later',
    async (_, code, lie) => {
      const believe = witnessKeeper(node.store.sqlite, { storeId, centrePublicKey: centreKeys.publicKey });
      expect(believe(lie())).toMatchObject({ ok: false, code });
      const { witnessed, waits } = await sendTo(lie());
      expect(witnessed).toBe(0);
      expect(waits).toEqual([60_000]);
      expect(node.store.link.state().waiting).toBe(lastSeq());
    },
  );

  it('[SYN-03] the centre’s signature over this store’s own hash is one', async () => {
    const { witnessed } = await sendTo(answerOf({}));
    expect(witnessed).toBe(lastSeq());
    expect(node.store.link.state().waiting).toBe(0);
  });
});
