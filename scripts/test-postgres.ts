// Once for each run of the `.pg.test` suites: finds the Postgres that they use, or starts the one from npm.
import type { TestProject } from 'vitest/node';
import type {} from '../sync-server/base/test-database.ts'; // the type of what is provided here
import { startEmbeddedPostgres } from './embedded-postgres.ts';

export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env.LAPAK_TEST_DATABASE_URL;
  if (given) {
    project.provide('postgresUrl', given);
    return undefined;
  }
  try {
    // Tests throw the folder away, so nothing in it has to survive a crash.
    const server = await startEmbeddedPostgres(['fsync=off', 'full_page_writes=off', 'synchronous_commit=off']);
    project.provide('postgresUrl', server.url);
    return server.stop;
  } catch (fault) {
    project.provide('postgresUrl', undefined);
    console.warn(`Skipping .pg.test suites: set LAPAK_TEST_DATABASE_URL, or let embedded-postgres run here (${fault}).`);
    return undefined;
  }
}
