// The embedded source on PGlite: runs with nothing but npm.
import { onPglite } from '../base/test-database.ts';
import { embeddedSuite } from './embedded-suite.ts';

onPglite('embedded shapes on PGlite', embeddedSuite);
