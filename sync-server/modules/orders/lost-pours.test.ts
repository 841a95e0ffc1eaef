// Goods that came out of a dispenser beyond what was paid, on PGlite.
import { onPglite } from '../../base/test-database.ts';
import { lostPoursSuite } from './lost-pours-suite.ts';

onPglite('a pour that nobody paid for, on PGlite', lostPoursSuite);
