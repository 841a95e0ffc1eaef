// Facts of a lost machine that come late: no closed day covers them, so the next does, beside its own.
import { expect, it, onTestFinished } from 'vitest';
import { chainHash, factText } from '#schema/facts/chain';
import type { Fact } from '#schema/facts/fact';
import type { SaleClosed } from '#schema/facts/sale-closed';
import { present } from '#schema/values/assert';
import { jumpClock } from '#schema/values/test-clock';
import { systemClock } from '../base/clock.ts';
import { databaseFile } from '../base/data-folder.ts';
import { openSqlite, rowOf, type Sqlite, writer } from '../base/sqlite.ts';
import { rebuild } from '../journal/rebuild.ts';
import { projectionsOf } from '../store.ts';
import { saleOf, startTestNode } from '../test-node.ts';

interface JournalRow {
  seq: number;
  hash: string;
  text: string;
}

const lastOf = (sqlite: Sqlite, generation: number, kind = '%'): JournalRow =>
  present(
    rowOf<JournalRow>(sqlite, 'SELECT seq, hash, text FROM facts WHERE generation = ? AND kind LIKE ? ORDER BY seq DESC LIMIT 1')(
      generation,
      kind,
    ),
    'the journal has facts',
  );

it('[REP-06] [SYN-06] a sale that comes late from a lost machine is in the next Z, and in one only', async () => {
  const clock = jumpClock(systemClock, Date.parse('2026-11-20T05:00:00Z'));
  let node = await startTestNode({ clock });
  onTestFinished(() => node.remove());
  const { dataFolder, makeId } = node;
  const close = () => node.report.close({ body: { id: makeId() } });
  const beside = async (work: (sqlite: Sqlite) => void) => {
    await node.stop();
    const sqlite = openSqlite(databaseFile(dataFolder));
    work(sqlite);
    sqlite.close();
    node = await startTestNode({ clock, dataFolder });
  };
  await node.sale.close({ body: saleOf(node, { 'TEH-MANIS': 1 }) });
  const first = await close();
  let lostAfter = 0;
  await beside((sqlite) => {
    const { seq, hash } = lastOf(sqlite, 1);
    lostAfter = seq;
    writer(sqlite, 'INSERT INTO generations (generation, first_seq, prev, opened_at) VALUES (2, 1, ?, 0)')(hash);
  });
  await node.sale.close({ body: saleOf(node, { 'TEH-MANIS': 2 }) });
  expect(await node.report.look()).toMatchObject({ totals: { sales: { count: 1, amount: 1_200_000 } } });
  await beside((sqlite) => {
    const sold = JSON.parse(lastOf(sqlite, 1, 'sale.closed').text) as Fact<SaleClosed>;
    const body = { ...sold.body, saleId: makeId(), receipt: 'T1A-000099' };
    const text = factText({ ...sold, id: makeId(), seq: lostAfter + 1, body });
    const hash = chainHash(lastOf(sqlite, 1).hash, text);
    const insert = 'INSERT INTO facts (generation, seq, id, kind, hash, text) VALUES (1, ?, ?, ?, ?, ?)';
    writer(sqlite, insert)(lostAfter + 1, makeId(), sold.kind, hash, text);
    rebuild(sqlite, projectionsOf(sqlite));
  });
  const second = await node.report.unclosed();
  expect(second.totals.sales).toEqual({ count: 2, amount: 1_800_000 });
  expect(second.firstDate).toBe(first.businessDate);
  expect(second.blockers.map(({ what }) => what)).toEqual(['day-ahead']);
  const covers = node.store.reports.openDay(
    node.store.now(),
    present(node.store.stores.current(), 'the node has its store'),
  ).covers;
  expect(covers).toEqual([
    // From the close itself, which is the first fact that it does not cover.
    { generation: 1, from: lostAfter, to: lostAfter + 1 },
    { generation: 2, from: 1, to: 1 },
  ]);
  clock.jump(24 * 3_600_000);
  expect(await close()).toMatchObject({ number: 2, covers, totals: second.totals });
  expect((await node.report.look()).isEmpty).toBe(true);
});
