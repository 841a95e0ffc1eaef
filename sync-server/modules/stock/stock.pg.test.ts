// Stock at the centre on a real Postgres.
import { onPostgres } from '../../base/test-database.ts';
import { stockSuite } from './stock-suite.ts';

onPostgres('stock at the centre, on Postgres', stockSuite);
