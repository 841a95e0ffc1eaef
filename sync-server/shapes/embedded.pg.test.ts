// The embedded source on a real Postgres.
import { onPostgres } from '../base/test-database.ts';
import { embeddedSuite } from './embedded-suite.ts';

onPostgres('embedded shapes on Postgres', embeddedSuite);
