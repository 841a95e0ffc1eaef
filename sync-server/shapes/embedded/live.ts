// Live answers: held until the shape changes, for 20 seconds as a long-poll, or sent on as they come as server-sent events.
import type { Clock } from '#schema/values/clock';
import type { ShapeAnswer } from '../source.ts';
import { liveAnswer, movedAnswer, streamAnswer } from './answers.ts';
import { handleText, offsetOf } from './offset.ts';
import type { SourceParts } from './source-parts.ts';
import { type Reader, type Tail, upToDateMessage } from './tail.ts';

export interface LiveQuestion {
  reader: Reader;
  from: string;
  /** The cursor that the caller sent back. */
  cursor: number | undefined;
  signal: AbortSignal;
}

/** Undefined when the reader cannot go on and never could: the caller then names the new handle. */
export async function longPoll(parts: SourceParts, question: LiveQuestion): Promise<ShapeAnswer | undefined> {
  const { reader, from } = question;
  const deadline = startDeadline(parts.clock, parts.limits.longPollMs, [question.signal, parts.closing]);
  try {
    for (let waited = false; ; waited = true) {
      const { tail, rings } = await look(parts, reader);
      if (tail.moved) return waited ? movedAnswer(undefined) : undefined;
      const hasMessages = tail.messages.length > 0;
      if (hasMessages || deadline.signal.aborted) {
        const place = { handle: handleText(reader.handle), from, to: tail.offset };
        const cursor = nextCursor(parts.clock.now(), parts.limits.longPollMs, question.cursor);
        return liveAnswer(place, { body: tail.body, upToDate: tail.upToDate, hasMessages, cursor });
      }
      await parts.bell.nextRing(reader.shape.table.relation, rings, deadline.signal);
    }
  } finally {
    deadline.stop();
  }
}

/** The bell is read before the log: a commit between the two rings again. */
async function look(parts: SourceParts, reader: Reader): Promise<{ tail: Tail; rings: number }> {
  const rings = parts.bell.rings(reader.shape.table.relation);
  return { tail: await parts.reads.tailOf(reader, rings), rings };
}

export async function eventStream(parts: SourceParts, question: LiveQuestion): Promise<ShapeAnswer | undefined> {
  const { reader, from } = question;
  const { tail } = await look(parts, reader);
  if (tail.moved) return undefined;
  const place = { handle: handleText(reader.handle), from, to: reader.offset };
  const cursor = nextCursor(parts.clock.now(), parts.limits.longPollMs, question.cursor);
  return streamAnswer(place, cursor, reader.shape.columns, events(parts, question));
}

async function* events(parts: SourceParts, { reader: start, signal }: LiveQuestion): AsyncGenerator<string> {
  const end = startDeadline(parts.clock, parts.limits.streamMs, [signal, parts.closing]);
  try {
    let reader = start;
    let told = false;
    while (!end.signal.aborted) {
      const { tail, rings } = await look(parts, reader);
      if (tail.moved) return; // the caller asks again and gets its 409 then
      if (tail.messages.length > 0 || !told) yield eventsOf(tail);
      told = true;
      reader = advanced(reader, tail);
      if (!tail.upToDate) continue;
      const quiet = startDeadline(parts.clock, parts.limits.keepAliveMs, [end.signal]);
      await parts.bell.nextRing(reader.shape.table.relation, rings, quiet.signal);
      const isQuiet = quiet.signal.aborted;
      quiet.stop();
      if (isQuiet && !end.signal.aborted) yield ': keep-alive\n\n';
    }
  } finally {
    end.stop();
  }
}

const event = (message: string) => `data: ${message}\n\n`;

/** Over this connection a client makes its offset from the last position and op 0; the free number after a commit means all of it. */
function eventsOf(tail: Tail & { moved: false }): string {
  const changes = tail.messages.map((message) => event(JSON.stringify(message))).join('');
  if (!tail.upToDate) return changes;
  const last = tail.messages.at(-1);
  return changes + event(upToDateMessage((last ? Number(last.headers.lsn) : tail.seenPosition) + 1));
}

function advanced(reader: Reader, tail: Tail & { moved: false }): Reader {
  const last = tail.messages.at(-1);
  if (!last) return reader;
  const position = Number(last.headers.lsn);
  const op = Number(last.headers.op_position);
  return { ...reader, position, step: Math.floor(op / 2), offset: offsetOf(position, op) };
}

/** Aborts after the time, or when one of the others does. */
function startDeadline(clock: Clock, afterMs: number, others: readonly AbortSignal[]): { signal: AbortSignal; stop: () => void } {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const cancel = clock.after(afterMs, abort);
  for (const other of others) {
    if (other.aborted) abort();
    other.addEventListener('abort', abort, { once: true });
  }
  return {
    signal: controller.signal,
    stop: () => {
      cancel();
      for (const other of others) other.removeEventListener('abort', abort);
    },
  };
}

// Electric counts from here, in steps of its waiting time.
const cursorEpochMs = Date.UTC(2024, 9, 9);

/** Never the one that came in: a cache between us would answer the next request with this answer. */
export function nextCursor(nowMs: number, stepMs: number, previous: number | undefined): number {
  const stepSeconds = Math.max(1, Math.round(stepMs / 1000));
  const current = Math.ceil((nowMs - cursorEpochMs) / 1000 / stepSeconds) * stepSeconds;
  return previous !== undefined && previous >= current ? previous + stepSeconds : current;
}
