// A store's machine is lost, and another takes its place: nothing that was acknowledged is missing, nothing that was printed comes again,
// what never came is named, and what the lost machine brings when it returns waits for a person.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { backUp } from '#node/backup/backup';
import { dumpProjections, rebuild } from '#node/journal/rebuild';
import { recoverNode, restoreNode } from '#node/maintenance';
import { projectionsOf } from '#node/store';
import { type Chain, type ChainNode, startChain } from './test-chain.ts';

const soon = { timeout: 20_000, interval: 20 };
const UNSENT = 20;

const dumpOf = ({ store }: ChainNode) => dumpProjections(store.sqlite, projectionsOf(store.sqlite));

/** A link that a test can cut: what is sent over it then fails, as without a cable. */
function cable() {
  let isCut = false;
  const overCable: typeof fetch = (input, init) =>
    isCut ? Promise.reject(new TypeError('no route to the centre')) : fetch(input, init);
  const set = (cut: boolean) => () => {
    isCut = cut;
  };
  return { fetch: overCable, cut: set(true), mend: set(false) };
}

async function lostStore() {
  const chain = await startChain({ water: false });
  const link = cable();
  const old = await chain.startNode({ fetch: link.fetch });
  await expect.poll(() => old.price('KOPI-SUSU'), soon).toBe(1_800_000);
  for (let sold = 0; sold < 5; sold++) await old.sell(sold % 2 ? 'TEH-MANIS' : 'KOPI-SUSU');
  await expect.poll(() => old.store.link.state().waiting, soon).toBe(0);
  const acknowledged = { head: old.store.journal.head(), dump: dumpOf(old) };
  link.cut();
  const unsent = [];
  for (let sold = 0; sold < UNSENT; sold++) unsent.push(await old.sell('TEH-MANIS'));
  return { chain, link, old, acknowledged, unsent };
}

function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lapak-successor-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function recoverStore(chain: Chain) {
  const { code, lost, acknowledged } = await chain.centre.as.recovery.replaceNode({ params: { id: chain.storeId } });
  const dataFolder = freshFolder();
  const recovery = await recoverNode({ dataFolder, serverUrl: chain.centre.url, code, name: 'box 2' });
  const node = await chain.startNode({ dataFolder });
  await expect.poll(() => node.price('KOPI-SUSU'), soon).toBe(1_800_000);
  return { code, lost, acknowledged, recovery, node, dataFolder };
}

const generationsOf = async ({ centre, storeId }: Chain) =>
  (await centre.as.recovery.generations({ params: { id: storeId } })).items;

describe('a lost store machine', { timeout: 120_000 }, () => {
  it('[SYN-07] its successor has every table up to what was acknowledged, goes on in a new series, and the gap is named', async () => {
    const { chain, acknowledged, unsent } = await lostStore();
    const { lost, recovery, node } = await recoverStore(chain);
    expect(lost).toMatchObject({ name: 'box 1' });
    expect(recovery).toMatchObject({ generation: 2, fetched: acknowledged.head.seq, skipped: [], offline: false });
    expect(recovery.gap).toMatchObject({ generation: 1, from: acknowledged.head.seq + 1, certain: false });
    expect(dumpOf(node)).toEqual(acknowledged.dump);

    const sale = await node.sell('KOPI-SUSU');
    expect(sale.receipt).toBe('T1B-000001');
    expect(unsent.map(({ receipt }) => receipt)).not.toContain(sale.receipt);
    await expect.poll(() => node.store.link.state().waiting, soon).toBe(0);
    const [, second] = await generationsOf(chain);
    expect(second).toMatchObject({
      generation: 2,
      why: 'recovered',
      prev: { generation: 1, seq: acknowledged.head.seq },
      facts: 1,
    });
    const before = dumpOf(node);
    rebuild(node.store.sqlite, projectionsOf(node.store.sqlite));
    expect(dumpOf(node)).toEqual(before);
  });

  it('[SYN-07] when it comes back it sells no more, and its unsent sales wait for a person; accepted, they are on both sides', async () => {
    const { chain, link, old, acknowledged, unsent } = await lostStore();
    const { node } = await recoverStore(chain);
    await node.sell('KOPI-SUSU');
    link.mend();

    const held = async () => (await chain.centre.as.recovery.quarantined({ query: {} })).items;
    await expect.poll(async () => (await held()).length, { timeout: 60_000, interval: 100 }).toBe(UNSENT);
    expect((await held()).map(({ fact }) => (JSON.parse(fact.text) as { body: { receipt: string } }).body.receipt)).toEqual(
      unsent.map(({ receipt }) => receipt),
    );
    expect(old.store.troubles.list()).toMatchObject([{ code: 'replaced', stopsSelling: true }]);
    const refused = await old.sell('TEH-MANIS').catch((error) => error.problem);
    expect(refused).toMatchObject({ status: 409, code: 'replaced', next: expect.stringContaining('new store box') });
    const orders = async () =>
      (await chain.centre.as.order.list({ query: { limit: '500' } })).items.map(({ receipt }) => receipt);
    expect(await orders()).not.toContain(unsent[0]?.receipt);

    const from = acknowledged.head.seq + 1;
    const gapOf = async () => (await generationsOf(chain))[1]?.gap;
    expect(await gapOf()).toMatchObject({ generation: 1, from, to: from + UNSENT - 1, certain: true, since: expect.any(String) });

    const { nodeId } = (await held())[0] ?? { nodeId: '' };
    const note = 'Found the old box in the cellar';
    const decision = { storeId: chain.storeId, nodeId, how: 'accept' as const, note };
    const first = await chain.centre.as.recovery.decide({ body: { ...decision, upTo: { generation: 1, seq: from + 4 } } });
    expect(first).toEqual({ decided: 5, exceptions: 0, held: UNSENT - 5 });
    expect(await chain.centre.as.recovery.decide({ body: decision })).toEqual({ decided: UNSENT - 5, exceptions: 0, held: 0 });
    expect(await gapOf()).toBeNull();
    await expect
      .poll(async () => (await orders()).filter((receipt) => unsent.some((sale) => sale.receipt === receipt)).length, soon)
      .toBe(UNSENT);

    const tea = chain.productId('TEH-MANIS');
    const levelAtNode = async () =>
      (await node.stock.levels({ query: {} })).items.find(({ productId }) => productId === tea)?.onHand;
    await expect.poll(levelAtNode, soon).toBe(-2 - UNSENT);
    const { items } = await chain.centre.as.inventory.levels({ params: { storeId: chain.storeId }, query: {} });
    expect(items.find(({ productId }) => productId === tea)?.onHand).toBe(-2 - UNSENT);
    expect((await node.sell('KOPI-SUSU')).receipt).toBe('T1B-000002');
  });
});

describe('a centre that is not what it says', { timeout: 120_000 }, () => {
  it('[SYN-07] facts that do not fit the chain are not believed; with the true ones the same command goes on', async () => {
    const { chain, acknowledged } = await lostStore();
    const { code } = await chain.centre.as.recovery.replaceNode({ params: { id: chain.storeId } });
    const input = { dataFolder: freshFolder(), serverUrl: chain.centre.url, code, name: 'box 2' };
    const forged: typeof fetch = async (request, init) => {
      const answer = await fetch(request, init);
      if (!String(request).includes('/sync/facts')) return answer;
      const page = (await answer.json()) as { items: { text: string }[] };
      const items = page.items.map((row, index) => (index === 3 ? { ...row, text: row.text.replace('T1A', 'T9A') } : row));
      return Response.json({ ...page, items });
    };
    await expect(recoverNode({ ...input, fetch: forged })).rejects.toThrow('does not follow the one before it');
    await expect(chain.startNode({ dataFolder: input.dataFolder })).rejects.toThrow('was not finished');
    const recovery = await recoverNode(input);
    expect(recovery).toMatchObject({ generation: 2, prev: { seq: acknowledged.head.seq } });
    expect(dumpOf(await chain.startNode({ dataFolder: input.dataFolder }))).toEqual(acknowledged.dump);
  });

  it('[SYN-07] a word without its signature keeps no till from selling', async () => {
    const chain = await startChain();
    let asked = 0;
    const impostor: typeof fetch = async (request, init) => {
      const url = String(request);
      if (url.includes('/sync/standing')) {
        asked += 1;
        return Response.json({ standing: 'replaced', replacedAt: 1, signature: 'A'.repeat(86) });
      }
      if (url.includes('/sync/status')) return Response.json({ code: 'not-signed-in' }, { status: 401 });
      return fetch(request, init);
    };
    const node = await chain.startNode({ fetch: impostor });
    await expect.poll(() => node.price('TEH-MANIS'), soon).toBe(600_000);
    await expect.poll(() => asked, soon).toBeGreaterThan(0);
    expect((await node.sell('TEH-MANIS')).receipt).toBe('T1A-000001');
    expect(node.store.troubles.list()).toEqual([]);
  });
});

describe('a backup of a store machine', { timeout: 120_000 }, () => {
  it('[SYN-07] with the centre at hand: what waited is sent, what came after it is fetched, and no number comes twice', async () => {
    const { chain, link, old } = await backedUp();
    const later = [await old.sell('TEH-MANIS'), await old.sell('TEH-MANIS')];
    link.mend();
    await expect.poll(() => old.store.link.state().waiting, soon).toBe(0);
    const { head, dump } = { head: old.store.journal.head(), dump: dumpOf(old) };
    await old.stop();

    const recovery = await restoreNode({ dataFolder: chain.folder, file: backup(chain) });
    expect(recovery).toMatchObject({ generation: 2, prev: { generation: 1, seq: head.seq }, offline: false, skipped: [] });
    const again = await chain.startNode();
    expect(dumpOf(again)).toEqual(dump);
    const sale = await again.sell('KOPI-SUSU');
    expect(sale.receipt).toBe('T1B-000001');
    expect(later.map(({ receipt }) => receipt)).toEqual(['T1A-000005', 'T1A-000006']);
    await expect.poll(() => again.store.link.state().waiting, soon).toBe(0);
    expect((await generationsOf(chain)).map(({ why, facts }) => [why, facts])).toEqual([
      ['enrolled', head.seq],
      ['restored', 1],
    ]);
  });

  it('[SYN-07] facts that only the backup held go up before the new generation is asked for', async () => {
    const { chain, old, waiting } = await backedUp();
    await old.stop();
    const recovery = await restoreNode({ dataFolder: chain.folder, file: backup(chain) });
    expect(waiting).toBeGreaterThan(0);
    expect(recovery).toMatchObject({ generation: 2, fetched: 0, offline: false });
    const [first] = await generationsOf(chain);
    expect(first?.facts).toBe(recovery?.prev.seq);
  });

  it('[SYN-07] alone it goes on at once; what the centre holds beyond the backup comes when it can be asked', async () => {
    const { chain, link, old } = await backedUp();
    link.mend();
    await old.sell('TEH-MANIS');
    await expect.poll(() => old.store.link.state().waiting, soon).toBe(0);
    const known = old.store.journal.head().seq;
    await old.stop();
    const nowhere: typeof fetch = () => Promise.reject(new TypeError('no route to the centre'));
    const recovery = await restoreNode({ dataFolder: chain.folder, file: backup(chain), fetch: nowhere });
    expect(recovery).toMatchObject({ generation: 2, offline: true, fetched: 0 });
    expect(recovery?.prev.seq).toBeLessThan(known);

    link.cut();
    const again = await chain.startNode({ fetch: link.fetch });
    expect((await again.sell('KOPI-SUSU')).receipt).toBe('T1B-000001');
    link.mend();
    const heldHere = () =>
      again.store.sqlite.prepare<[], { seq: number }>('SELECT max(seq) AS seq FROM facts WHERE generation = 1').get()?.seq;
    await expect.poll(heldHere, { timeout: 60_000, interval: 100 }).toBe(known);
    await expect.poll(() => again.store.link.state().waiting, soon).toBe(0);
    const before = dumpOf(again);
    rebuild(again.store.sqlite, projectionsOf(again.store.sqlite));
    expect(dumpOf(again)).toEqual(before);
    const [, second] = await generationsOf(chain);
    expect(second).toMatchObject({ why: 'restored', facts: 1 });
    expect((await again.sell('KOPI-SUSU')).receipt).toBe('T1B-000002');
  });
});

const backup = ({ folder }: Chain): string => {
  const backups = join(folder, 'backups');
  return join(backups, readdirSync(backups).sort().at(-1) ?? '');
};

/** A store with three acknowledged sales and one that waits; then it was backed up. */
async function backedUp() {
  const chain = await startChain({ water: false });
  const link = cable();
  const old = await chain.startNode({ fetch: link.fetch });
  await expect.poll(() => old.price('KOPI-SUSU'), soon).toBe(1_800_000);
  for (let sold = 0; sold < 3; sold++) await old.sell('KOPI-SUSU');
  await expect.poll(() => old.store.link.state().waiting, soon).toBe(0);
  link.cut();
  await old.sell('KOPI-SUSU');
  const { waiting } = old.store.link.state();
  await backUp({ sqlite: old.store.sqlite, folder: join(chain.folder, 'backups'), now: Date.now() });
  return { chain, link, old, waiting };
}
