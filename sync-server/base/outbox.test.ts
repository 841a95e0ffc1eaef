// The outbox on PGlite.
import { outboxSuite } from './outbox-suite.ts';
import { onPglite } from './test-database.ts';

onPglite('the outbox on PGlite', outboxSuite);
