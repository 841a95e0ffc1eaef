// How much and how long the embedded source gives at once; tests shrink them.

export interface SourceLimits {
  /** Snapshot chunks and log answers end after about this much: a node keeps a chunk in memory while it reads it, and the next ones. */
  chunkBytes: number;
  logRows: number;
  /** New readers get a later base when more changes than this have come since the old one. */
  tailChanges: number;
  /** A quiet reader's offset moves on in strides of this many positions, so that old log can be forgotten under it. */
  stride: number;
  longPollMs: number;
  keepAliveMs: number;
  streamMs: number;
  keptChunkBytes: number;
  snapshotsAtOnce: number;
  retryAfterSeconds: number;
}

export const usualLimits: SourceLimits = {
  chunkBytes: 1024 * 1024,
  logRows: 2000,
  tailChanges: 5000,
  stride: 1024,
  longPollMs: 20_000,
  keepAliveMs: 21_000,
  streamMs: 60_000,
  keptChunkBytes: 64 * 1024 * 1024,
  snapshotsAtOnce: 3,
  retryAfterSeconds: 5,
};
