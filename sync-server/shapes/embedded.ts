// Our own shape source: Electric's protocol over a change log in the same database, on Postgres or PGlite.
//
//   words → definition → snapshot (first-rows) | log after an offset (tail) | wait for it (live) → answer
//
// Nothing about a reader is kept: its handle and offset say where it stands, so any server, restarted or not, goes on from there.
import { setMaxListeners } from 'node:events';
import type { Clock } from '#schema/values/clock';
import type { Database } from '../base/database.ts';
import { isOutage } from '../base/sql-state.ts';
import { catchUpAnswer, movedAnswer, unavailableAnswer, unlessUnchanged, wrongAnswer } from './embedded/answers.ts';
import { hangBell } from './embedded/bell.ts';
import { type FoundShape, openCatalogue } from './embedded/catalogue.ts';
import { createChunkStore } from './embedded/chunk-store.ts';
import { currentHandle, firstAnswer, nextChunkAnswer, ShapeMoved } from './embedded/first-rows.ts';
import { followTable, installChangeLog } from './embedded/install.ts';
import { type SourceLimits, usualLimits } from './embedded/limits.ts';
import { eventStream, longPoll } from './embedded/live.ts';
import { type Handle, handleText, parseHandle } from './embedded/offset.ts';
import { shareReads } from './embedded/shared-reads.ts';
import type { SourceParts } from './embedded/source-parts.ts';
import { parseTableName } from './embedded/table.ts';
import { readTableState } from './embedded/table-state.ts';
import { readerAt, readTail } from './embedded/tail.ts';
import { readRequest, type ShapeRequest, WrongRequest } from './embedded/words.ts';
import type { ShapeAnswer, ShapeQuestion, ShapeSource } from './source.ts';

export interface EmbeddedOptions {
  database: Database;
  clock: Clock;
  /** Tables to follow from the start, so that the first reader waits for no trigger. */
  tables?: readonly string[];
  limits?: Partial<SourceLimits>;
}

export async function openEmbeddedSource(options: EmbeddedOptions): Promise<ShapeSource> {
  const { database, clock, tables = [] } = options;
  const limits = { ...usualLimits, ...options.limits };
  await installChangeLog(database);
  for (const table of tables) {
    const { relation } = parseTableName(table);
    if (!(await readTableState(database.db, relation))?.intact) await followTable(database, relation);
  }
  const bell = await hangBell(database);
  const closing = new AbortController();
  setMaxListeners(0, closing.signal); // every live request listens to it
  const parts: SourceParts = {
    database,
    clock,
    limits,
    catalogue: openCatalogue(database),
    chunks: createChunkStore({ keptBytes: limits.keptChunkBytes, buildsAtOnce: limits.snapshotsAtOnce }),
    bell,
    reads: shareReads(bell, (reader, seenTo) => readTail(database.db, reader, limits, seenTo)),
    closing: closing.signal,
  };
  return {
    answer: (question) => answerOrFault(parts, question),
    close: async () => {
      closing.abort();
      await bell.close();
    },
  };
}

async function answerOrFault(parts: SourceParts, question: ShapeQuestion): Promise<ShapeAnswer> {
  try {
    return unlessUnchanged(await answer(parts, readRequest(question.words), question), question.ifNoneMatch);
  } catch (fault) {
    if (fault instanceof WrongRequest) return wrongAnswer(fault.errors);
    if (fault instanceof ShapeMoved) return movedAnswer(undefined);
    if (isOutage(fault)) return unavailableAnswer(parts.limits.retryAfterSeconds);
    throw fault;
  }
}

async function answer(parts: SourceParts, request: ShapeRequest, question: ShapeQuestion): Promise<ShapeAnswer> {
  if (request.offset.at === 'start') return firstAnswer(parts, request, question.ifNoneMatch);
  const handle = parseHandle(request.handle);
  const following = handle && (await follow(parts, request, handle, question.signal));
  if (following) return following;
  const current = await currentHandle(parts, request, request.handle);
  return movedAnswer(current.handle);
}

/** Undefined when nobody can go on from this handle and offset. */
async function follow(
  parts: SourceParts,
  request: ShapeRequest,
  handle: Handle,
  signal: AbortSignal,
): Promise<ShapeAnswer | undefined> {
  // The state that the log is read with says whether what we remember still holds.
  const shape = parts.catalogue.remembered(request) ?? (await parts.catalogue.find(request)).shape;
  const reader = readerAt(shape, handle, request.offset, request.offsetText);
  if (request.offset.at === 'chunk') {
    const found: FoundShape = await parts.catalogue.find(request);
    if (found.hash !== handle.hash) return undefined;
    const next = await nextChunkAnswer(parts, found, { base: handle.base, chunk: request.offset.chunk, request });
    if (next) return next;
  }
  const live = { reader, from: request.offsetText, cursor: request.cursor, signal };
  if (request.serverSentEvents) return eventStream(parts, live);
  if (request.live) return longPoll(parts, live);
  const tail = await readTail(parts.database.db, reader, parts.limits);
  if (tail.moved) return undefined;
  const place = { handle: handleText(handle), from: request.offsetText, to: tail.offset };
  return catchUpAnswer(place, { columns: shape.columns, body: tail.body }, tail.upToDate);
}
