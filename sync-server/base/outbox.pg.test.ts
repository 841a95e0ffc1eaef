// The outbox on a real Postgres.
import { outboxSuite } from './outbox-suite.ts';
import { onPostgres } from './test-database.ts';

onPostgres('the outbox on Postgres', outboxSuite);
