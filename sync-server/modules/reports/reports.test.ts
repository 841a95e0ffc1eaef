// Closed days at the centre on PGlite.
import { onPglite } from '../../base/test-database.ts';
import { reportsSuite } from './reports-suite.ts';

onPglite('closed days at the centre, on PGlite', reportsSuite);
