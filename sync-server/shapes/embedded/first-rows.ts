// Answers that carry a snapshot: the first request of a reader, and the chunks that follow in a large table.
import { sql } from 'drizzle-orm';
import type { ShapeAnswer } from '../source.ts';
import { snapshotAnswer, unlessUnchanged } from './answers.ts';
import type { FoundShape } from './catalogue.ts';
import { shapeHash } from './definition.ts';
import { handleText, offsetOfChunk } from './offset.ts';
import { readChunk, type SnapshotChunk } from './snapshot.ts';
import type { SourceParts } from './source-parts.ts';
import { hasLongTail, moveBase, unlessTableChanged } from './table-state.ts';
import type { ShapeRequest } from './words.ts';

/** The table changed its life while we read it; the caller looks again. */
export class ShapeMoved extends Error {
  override name = 'ShapeMoved';
}

/** The handle that new readers get, after giving them a later base where the old one will not do. */
export async function currentHandle(parts: SourceParts, request: ShapeRequest, unwanted: string | undefined) {
  for (;;) {
    const found = await parts.catalogue.find(request);
    const { base, pruned_to } = found.state;
    if (base !== null && base >= pruned_to) {
      const handle = handleText({ hash: found.hash, base });
      const isStale =
        handle === unwanted || (await hasLongTail(parts.database.db, found.shape.table.relation, base, parts.limits.tailChanges));
      if (!isStale) return { found, base, handle };
    }
    await moveBase(parts.database, found.shape.table.relation, base);
  }
}

export async function firstAnswer(parts: SourceParts, request: ShapeRequest, ifNoneMatch?: string): Promise<ShapeAnswer> {
  const { found, base, handle } = await currentHandle(parts, request, request.expiredHandle);
  const place = { handle, from: request.offsetText, to: offsetOfChunk(0) };
  const { columns } = found.shape;
  const unchanged = unlessUnchanged(snapshotAnswer(place, { columns, body: '' }), ifNoneMatch);
  if (unchanged.status === 304) return unchanged;
  const { body } = await chunkOf(parts, found, { handle, base, chunk: 0, after: null });
  return snapshotAnswer(place, { columns, body });
}

/** Undefined when the chunk that the reader has was the last: what follows is the log. */
export async function nextChunkAnswer(
  parts: SourceParts,
  found: FoundShape,
  reader: { base: number; chunk: number; request: ShapeRequest },
): Promise<ShapeAnswer | undefined> {
  const { handle, offsetText } = reader.request;
  const ends = await parts.database.db.execute(
    sql`SELECT last_key FROM shape_log.chunk_ends
      WHERE relation = ${found.shape.table.relation} AND handle = ${handle} AND chunk = ${reader.chunk}`,
  );
  const after = ends.rows[0]?.last_key as string | undefined;
  if (after === undefined) return undefined;
  const chunk = reader.chunk + 1;
  const { body } = await chunkOf(parts, found, { handle, base: reader.base, chunk, after });
  return snapshotAnswer({ handle, from: offsetText, to: offsetOfChunk(chunk) }, { columns: found.shape.columns, body });
}

interface ChunkPlace {
  handle: string;
  base: number;
  chunk: number;
  after: string | null;
}

function chunkOf(parts: SourceParts, { shape, hash }: FoundShape, place: ChunkPlace): Promise<SnapshotChunk> {
  return parts.chunks.get(`${place.handle}:${place.chunk}`, async () => {
    const { base, after } = place;
    const at = { base, after, chunkBytes: parts.limits.chunkBytes };
    const read = await unlessTableChanged(() => readChunk(parts.database, shape, at), parts.database.db, shape);
    const isSame = read?.state.intact && shapeHash(shape, read.state.generation) === hash && read.state.pruned_to <= base;
    if (!read || !isSame) throw new ShapeMoved();
    // Noted before the chunk is sent: a reader that has it always finds where it ended.
    if (read.lastKey !== null)
      await parts.database.db.execute(sql`INSERT INTO shape_log.chunk_ends (relation, handle, chunk, base, last_key)
        VALUES (${shape.table.relation}, ${place.handle}, ${place.chunk}, ${base}, ${read.lastKey}) ON CONFLICT DO NOTHING`);
    return read;
  });
}
