// Databases for tests: `.test.ts` files get a fresh PGlite in memory, `.pg.test.ts` files a fresh database on a real Postgres.
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import pg from 'pg';
import { afterAll, describe, inject, onTestFinished, TestRunner } from 'vitest';
import type { Database } from './database.ts';
import { migrate } from './migrate.ts';
import { openDatabase } from './open-database.ts';
import { openPglite } from './pglite.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where `.pg.test` suites find Postgres; set by scripts/test-postgres.ts, undefined when none can run. */
    postgresUrl: string | undefined;
  }
}

export interface TestDatabaseOptions {
  /** 'central' has the project's tables; 'none' is empty. */
  tables?: 'central' | 'none';
}

/** Each call makes another database: one opened in a test lives as long as the test, one opened in `beforeAll` as the suite. */
export type OpenTestDatabase = (options?: TestDatabaseOptions) => Promise<Database & { url?: string }>;

export function onPglite(title: string, suite: (open: OpenTestDatabase) => void): void {
  describe(title, () => suite(closing(openMemoryDatabase)));
}

export function onPostgres(title: string, suite: (open: OpenTestDatabase) => void): void {
  const url = inject('postgresUrl');
  describe.skipIf(!url)(title, () => suite(closing((tables) => createPostgresDatabase(url ?? '', tables))));
}

type Tables = NonNullable<TestDatabaseOptions['tables']>;

function closing(openOne: (tables: Tables) => Promise<Database>): OpenTestDatabase {
  const ofSuite: (() => Promise<void>)[] = [];
  afterAll(async () => {
    for (const close of ofSuite) await close();
  });
  return async ({ tables = 'central' } = {}) => {
    const database = await openOne(tables);
    let closed: Promise<void> | undefined;
    const close = () => {
      closed ??= database.close();
      return closed;
    };
    if (TestRunner.getCurrentTest()) onTestFinished(close);
    else ofSuite.push(close);
    return { ...database, close };
  };
}

const migrationsFolder = join(import.meta.dirname, '../../schema/tables/central/migrations');

/** Names what a prepared database contains, so that a changed migration is never served from an old copy. */
function versionOf(tables: Tables): string {
  const hashes = tables === 'none' ? [] : readMigrationFiles({ migrationsFolder }).map(({ hash }) => hash);
  return `${tables}-${createHash('sha256').update(hashes.join()).digest('hex').slice(0, 12)}`;
}

async function prepare(database: Database, tables: Tables): Promise<void> {
  if (tables === 'central') await migrate(database, migrationsFolder);
}

/** Starting PGlite from a dump takes a sixth of making its cluster; the dump lies in the temp folder for every test process. */
export async function openMemoryDatabase(tables: Tables): Promise<Database> {
  const folder = join(tmpdir(), 'lapak-tests');
  const file = join(folder, `pglite-${process.versions.modules}-${versionOf(tables)}.tar`);
  const dump = await readFile(file).catch(() => undefined);
  if (dump) return openDatabase({ memory: true, loadDataDir: new Blob([new Uint8Array(dump)]) });
  const database = await openPglite({ memory: true });
  await prepare(database, tables);
  await mkdir(folder, { recursive: true });
  const half = `${file}.${randomUUID()}`;
  await writeFile(half, Buffer.from(await (await database.dump()).arrayBuffer()));
  await rename(half, file); // another process may be doing the same; either copy is whole
  return database;
}

async function createPostgresDatabase(serverUrl: string, tables: Tables): Promise<Database & { url: string }> {
  const name = `lapak_test_${randomUUID().replaceAll('-', '')}`;
  const template = await ensureTemplate(serverUrl, tables);
  await asAdmin(serverUrl, (admin) => admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`));
  const url = withDatabase(serverUrl, name);
  const database = await openDatabase({ url });
  return {
    ...database,
    url,
    close: async () => {
      await database.close();
      await asAdmin(serverUrl, (admin) => admin.query(`DROP DATABASE ${name} WITH (FORCE)`));
    },
  };
}

/** Migrates once on each server; test processes take turns by an advisory lock. */
async function ensureTemplate(serverUrl: string, tables: Tables): Promise<string> {
  const template = `lapak_template_${versionOf(tables).replaceAll('-', '_')}`;
  await asAdmin(serverUrl, async (admin) => {
    await admin.query('SELECT pg_advisory_lock(7100002)');
    const found = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
    if (found.rowCount) return;
    const half = `${template}_half`;
    await admin.query(`DROP DATABASE IF EXISTS ${half}`);
    await admin.query(`CREATE DATABASE ${half}`);
    const database = await openDatabase({ url: withDatabase(serverUrl, half) });
    await prepare(database, tables).finally(() => database.close());
    await admin.query(`ALTER DATABASE ${half} RENAME TO ${template}`);
  });
  return template;
}

async function asAdmin<T>(serverUrl: string, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

function withDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
