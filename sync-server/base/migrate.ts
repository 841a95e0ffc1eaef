// Brings the tables to the version that this server was built with, at start and before anything reads them.
import { sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator';
import type { Database } from './database.ts';

// Any number will do; it must only differ from the other advisory locks of this product.
const migrationLock = 7_100_001;

/** Servers that start together take turns: the first migrates, the others find nothing left to do. */
export async function migrate(database: Database, migrationsFolder: string): Promise<void> {
  await database.session(async (db) => {
    await db.execute(sql`SELECT pg_advisory_lock(${migrationLock})`);
    try {
      // drizzle's migrators of the two drivers are the same few lines over the handle that they are given.
      await runMigrations(db as unknown as NodePgDatabase, { migrationsFolder });
    } finally {
      await db.execute(sql`SELECT pg_advisory_unlock(${migrationLock})`);
    }
  });
}
