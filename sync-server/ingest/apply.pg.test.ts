// Several servers on one Postgres: facts are received and applied by whoever is free, each once.
import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { openDatabase } from '../base/open-database.ts';
import { onPostgres } from '../base/test-database.ts';
import { startTestCentre } from '../test-centre.ts';
import { testFacts } from '../test-facts.ts';
import type { FakeNode } from '../test-node.ts';

onPostgres('two servers on one Postgres', (open) => {
  // Two centres are started, and each fact is sent by itself to both: a busy machine needs half a minute for that alone.
  it('[SYN-03] share the stores and apply each fact once; a run that reaches both is stored once', {
    timeout: 120_000,
  }, async () => {
    const database = await open();
    const other = await openDatabase({ url: database.url ?? '' });
    const [left, right] = [await startTestCentre({ database }), await startTestCentre({ database: other })];
    const nodes: FakeNode[] = [];
    for (let count = 0; count < 4; count += 1) nodes.push(await left.enrolNode());
    const sold = 30;
    await Promise.all(
      nodes.map(async (node) => {
        const facts = testFacts(node.makeId);
        const product = facts.product();
        for (let at = 1; at <= sold; at += 1) {
          node.append(facts.sale([{ product, quantity: 1 }]));
          const run = node.run(at, at);
          const both = [node.send(run), fetchRun(right.url, run, await node.token())];
          for (const answer of await Promise.all(both)) expect(answer.status).toBe(200);
        }
      }),
    );
    await left.settle();
    const { rows } = await database.db.execute(sql`SELECT s.id,
      (SELECT count(*) FROM orders o WHERE o.store_id = s.id) AS orders,
      (SELECT -sum(on_hand) FROM stock_levels l WHERE l.store_id = s.id) AS sold,
      (SELECT sum(sales) FROM sales_hours h WHERE h.store_id = s.id) AS counted,
      (SELECT sum(balance) FROM ledger_balances b WHERE b.store_id = s.id) AS books
      FROM stores s`);
    expect(rows).toHaveLength(4);
    for (const row of rows) expect(row).toMatchObject({ orders: sold, sold: String(sold), counted: String(sold), books: '0' });
    expect((await left.as.exception.list()).items).toEqual([]);
    await left.stop();
    await right.stop();
    await other.close();
  });
});

const fetchRun = (url: string, run: object, token: string) =>
  fetch(`${url}/sync/facts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(run),
  });
