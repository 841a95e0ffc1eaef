// Stock at the centre on PGlite.
import { onPglite } from '../../base/test-database.ts';
import { stockSuite } from './stock-suite.ts';

onPglite('stock at the centre, on PGlite', stockSuite);
