// What the steps of the embedded source share.
import type { Clock } from '#schema/values/clock';
import type { Database } from '../../base/database.ts';
import type { Bell } from './bell.ts';
import type { Catalogue } from './catalogue.ts';
import type { ChunkStore } from './chunk-store.ts';
import type { SourceLimits } from './limits.ts';
import type { SharedReads } from './shared-reads.ts';

export interface SourceParts {
  database: Database;
  clock: Clock;
  limits: SourceLimits;
  catalogue: Catalogue;
  chunks: ChunkStore;
  bell: Bell;
  reads: SharedReads;
  /** Aborted when the source closes. */
  closing: AbortSignal;
}
