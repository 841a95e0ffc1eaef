// Base on a real Postgres, and what only a server can show: servers that migrate together, a listener whose connection breaks.
import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { baseSuite } from './database-suite.ts';
import { openDatabase } from './open-database.ts';
import { onPostgres } from './test-database.ts';
import { transaction } from './transaction.ts';

onPostgres('base on Postgres', (open) => {
  baseSuite(open);

  it('comes back when the listening connection is cut, and says that news may have been missed', async () => {
    const database = await open({ tables: 'none' });
    const heard: string[] = [];
    await database.listen('shop_news', (payload) => heard.push(payload));
    await database.db.execute(
      sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`,
    );
    await expect.poll(() => heard).toEqual(['']);
    await database.db.execute(sql`SELECT pg_notify('shop_news', 'after')`);
    await expect.poll(() => heard).toEqual(['', 'after']);
  });

  it('lets two transactions that deadlock both commit', async () => {
    const database = await open({ tables: 'none' });
    await database.db.execute(sql`CREATE TABLE counters (id int PRIMARY KEY, n int NOT NULL)`);
    await database.db.execute(sql`INSERT INTO counters VALUES (1, 0), (2, 0)`);
    let arrived = 0;
    const add = (first: number, second: number) =>
      transaction(database, async (tx) => {
        await tx.execute(sql`UPDATE counters SET n = n + 1 WHERE id = ${first}`);
        arrived += 1;
        while (arrived < 2) await tx.execute(sql`SELECT pg_sleep(0.01)`);
        await tx.execute(sql`UPDATE counters SET n = n + 1 WHERE id = ${second}`);
      });
    await Promise.all([add(1, 2), add(2, 1)]);
    // More than once, where the one that begins again is faster than the one that may go on.
    expect(arrived).toBeGreaterThan(2);
    expect((await database.db.execute(sql`SELECT id, n FROM counters ORDER BY id`)).rows).toEqual([
      { id: 1, n: 2 },
      { id: 2, n: 2 },
    ]);
  });

  it('returns its connections when a transaction cannot begin or its session is cut', async () => {
    const { url = '' } = await open({ tables: 'none' });
    const database = await openDatabase({ url, connections: 1 });
    await expect(transaction(database, (tx) => tx.execute(sql`SELECT pg_terminate_backend(pg_backend_pid())`))).rejects.toThrow();
    expect((await transaction(database, (tx) => tx.execute(sql`SELECT 1 AS one`))).rows).toEqual([{ one: 1 }]);
    await database.close();
  });
});
