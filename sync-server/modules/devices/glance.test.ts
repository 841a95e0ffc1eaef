// Devices at the centre on PGlite.
import { onPglite } from '../../base/test-database.ts';
import { devicesSuite } from './devices-suite.ts';

onPglite('devices at the centre, on PGlite', devicesSuite);
