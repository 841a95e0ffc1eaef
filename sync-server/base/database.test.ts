// Base on PGlite: runs with nothing but npm.
import { baseSuite } from './database-suite.ts';
import { onPglite } from './test-database.ts';

onPglite('base on PGlite', baseSuite);
