// A node that has enrolled and its centre, which may have moved; and what the node says of itself to its own machine.
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { client } from '#schema/client';
import { idMaker } from '#schema/values/id';
import { nodeContract } from '#schema/wire/node';
import { randomBytes, systemClock } from '../base/clock.ts';
import { databaseFile } from '../base/data-folder.ts';
import { migrateSqlite, openSqlite } from '../base/sqlite.ts';
import { saleOf, startTestNode, type TestNode } from '../test-node.ts';
import { openIdentity } from './identity.ts';

const makeId = idMaker(systemClock, randomBytes);

/** The folder of a node that enrolled at that address. */
function enrolledFolder(serverUrl: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'lapak-node-'));
  const sqlite = openSqlite(databaseFile(folder));
  migrateSqlite(sqlite);
  openIdentity(sqlite, makeId, randomBytes).enrol({ storeId: makeId(), serverUrl, centrePublicKey: 'a'.repeat(43) });
  sqlite.close();
  return folder;
}

const statusOf = ({ url, dataFolder }: TestNode) =>
  client(nodeContract, {
    baseUrl: url,
    fetch,
    headers: () => ({ authorization: `Bearer ${readFileSync(join(dataFolder, 'machine.token'), 'utf8')}` }),
  }).status();

test.each([
  ['[OPS-01] a node asks its centre where it enrolled', {}, 'http://first.test'],
  ['[OPS-01] the address that it is started with wins', { serverUrl: 'http://moved.test' }, 'http://moved.test'],
])('%s', async (_, more, expected) => {
  const asked = new Set<string>();
  const node = await startTestNode({
    dataFolder: enrolledFolder('http://first.test'),
    fetch: async (input) => {
      const { origin, pathname } = new URL(input instanceof Request ? input.url : input);
      asked.add(`${origin} ${pathname.split('/')[2]}`);
      throw new Error('nobody is there');
    },
    ...more,
  });
  onTestFinished(() => node.remove());
  await node.sale.close({ body: saleOf(node, { 'TEH-MANIS': 1 }) });
  for (const part of ['facts', 'status', 'shapes', 'stores'])
    await expect.poll(() => [...asked]).toContain(`${expected} ${part}`);
  expect([...asked].filter((each) => !each.startsWith(expected))).toEqual([]);
});

test('[SYN-08] what is witnessed is read from the last witness, also in a second generation', async () => {
  const node = await startTestNode();
  onTestFinished(() => node.remove());
  for (let count = 0; count < 3; count++) await node.sale.close({ body: saleOf(node, { 'TEH-MANIS': 1 }) });
  expect(await statusOf(node)).toMatchObject({ witnessedSeq: 0, sync: { waiting: node.store.journal.head().seq } });
  const { sqlite } = node.store;
  const { seq } = node.store.journal.head();
  const witness = sqlite.prepare(
    `INSERT INTO witnesses (generation, store_id, seq, hash, signed_at, signature) VALUES (?, ?, ?, ?, 0, '')`,
  );
  // Two facts of the first generation never left this machine; the second goes on behind what the centre holds.
  witness.run(1, makeId(), seq - 2, 'a');
  expect(await statusOf(node)).toMatchObject({ witnessedSeq: seq - 2, sync: { waiting: 2 } });
  sqlite.prepare('INSERT INTO generations (generation, first_seq, prev, opened_at) VALUES (2, ?, ?, 0)').run(seq - 1, 'a');
  sqlite
    .prepare(`INSERT INTO facts (generation, seq, id, kind, hash, text) VALUES (2, ?, ?, 'stock.moved', 'b', '{"occurredAt":0}')`)
    .run(seq - 1, makeId());
  witness.run(2, makeId(), seq - 1, 'b');
  expect(await statusOf(node)).toMatchObject({ witnessedSeq: seq - 1, sync: { waiting: 2 } });
});
