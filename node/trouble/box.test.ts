// How the store box stands, as a till asks: its clock, its disk, its backups, what it has sent.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { client } from '#schema/client';
import { nodeContract } from '#schema/wire/node';
import { saleOf, startTestNode, type TestNode } from '../test-node.ts';

describe('the store box', () => {
  let room: () => number = () => 12_000_000_000;
  let node: TestNode;
  beforeAll(async () => {
    node = await startTestNode({ freeBytes: async () => room() });
  });
  afterAll(() => node.remove());

  const ask = () =>
    client(nodeContract, { baseUrl: node.url, fetch, headers: () => ({ authorization: `Bearer ${node.token}` }) }).box();

  it('[SYN-02] tells a till how it stands, and what it has not sent', async () => {
    const before = await ask();
    await node.sale.close({ body: saleOf(node, { 'KOPI-SUSU': 1 }) });
    const after = await ask();
    expect(after.seq).toBe(before.seq + 1);
    expect(after).toMatchObject({ witnessedSeq: 0, clockOff: false, diskLow: false, freeBytes: 12_000_000_000, generation: 1 });
    expect(after.backup).toMatchObject({ lastAt: null, failedAt: null });
    expect(after.sync.waiting).toBe(after.seq);
  });

  it('[SYN-02] says what is wrong with it, and that a disk cannot be read', async () => {
    node.store.troubles.raise('clock-off');
    node.store.troubles.raise('disk-low');
    room = () => {
      throw new Error('no such device');
    };
    const box = await ask();
    expect(box).toMatchObject({ clockOff: true, diskLow: true, freeBytes: null });
    expect(box.troubles.map(({ code }) => code)).toEqual(['clock-off', 'disk-low']);
  });

  it('[SYN-02] tells nobody without a till', async () => {
    const stranger = client(nodeContract, { baseUrl: node.url, fetch });
    await expect(stranger.box()).rejects.toMatchObject({ problem: { code: 'not-signed-in' } });
  });
});
