// Goods that came out of a dispenser beyond what was paid, on a real Postgres.
import { onPostgres } from '../../base/test-database.ts';
import { lostPoursSuite } from './lost-pours-suite.ts';

onPostgres('a pour that nobody paid for, on Postgres', lostPoursSuite);
