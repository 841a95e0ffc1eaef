// Closed days at the centre on a real Postgres.
import { onPostgres } from '../../base/test-database.ts';
import { reportsSuite } from './reports-suite.ts';

onPostgres('closed days at the centre, on Postgres', reportsSuite);
