// Devices at the centre on a real Postgres.
import { onPostgres } from '../../base/test-database.ts';
import { devicesSuite } from './devices-suite.ts';

onPostgres('devices at the centre, on Postgres', devicesSuite);
