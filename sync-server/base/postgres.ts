// Postgres behind the Database type: a pool for work, and a connection of its own for LISTEN.
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Database, Drizzle } from './database.ts';
import { startListener } from './listener.ts';
import { int8TypeId, parseInt8, sessionSettings } from './session-settings.ts';

// Sent with the connection's start, so no query can run before they hold.
const startOptions = Object.entries(sessionSettings)
  .map(([name, value]) => `-c ${name}=${value}`)
  .join(' ');

export async function openPostgres(location: { url: string; connections?: number }): Promise<Database> {
  // The driver keeps its parsers in one table for the process, and drizzle reads that table; the centre has one meaning for int8.
  pg.types.setTypeParser(int8TypeId, parseInt8);
  const settings: pg.ClientConfig = { connectionString: location.url, options: startOptions, keepAlive: true };
  const pool = new pg.Pool({ ...settings, max: location.connections ?? 20 });
  // An idle connection that breaks is already out of the pool when this is called; the next query opens another.
  pool.on('error', () => undefined);
  // A lent connection that breaks fails the query that uses it; without a listener Node would end the process as well.
  pool.on('connect', (client) => client.on('error', () => undefined));
  try {
    await pool.query('SELECT 1');
  } catch (fault) {
    await pool.end();
    throw fault;
  }

  const listener = startListener(() => new pg.Client(settings));
  const handles = new WeakMap<pg.PoolClient, Drizzle>();
  const handleOf = (client: pg.PoolClient): Drizzle => {
    const known = handles.get(client);
    if (known) return known;
    const handle = drizzle(client, { casing: 'snake_case' }) as unknown as Drizzle;
    handles.set(client, handle);
    return handle;
  };

  return {
    kind: 'postgres',
    db: drizzle(pool, { casing: 'snake_case' }) as unknown as Drizzle,
    session: async (work) => {
      const client = await pool.connect();
      try {
        return await work(handleOf(client));
      } finally {
        client.release();
      }
    },
    listen: listener.listen,
    close: async () => {
      await listener.close();
      await pool.end();
    },
  };
}
