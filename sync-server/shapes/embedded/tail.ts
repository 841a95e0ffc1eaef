// What the log holds after a reader's offset, ready to send: asked for by catch-up, long-poll and server-sent events alike.
import type { Drizzle } from '../../base/database.ts';
import { type ShapeDefinition, shapeHash } from './definition.ts';
import type { SourceLimits } from './limits.ts';
import { type LogRow, readLog } from './log.ts';
import { type ChangeMessage, logMessages } from './messages.ts';
import { type Handle, type Offset, offsetAfterCommit, offsetOfSnapshotEnd, wholeCommit } from './offset.ts';
import { canFollow, type TableState, unlessTableChanged } from './table-state.ts';

export interface Reader {
  shape: ShapeDefinition;
  handle: Handle;
  position: number;
  step: number;
  /** The offset in its own words, given back when there is nothing new. */
  offset: string;
}

export type Tail =
  | { moved: true }
  | { moved: false; messages: ChangeMessage[]; offset: string; upToDate: boolean; seenPosition: number; body: string };

export function readerAt(shape: ShapeDefinition, handle: Handle, offset: Offset, offsetText: string): Reader {
  if (offset.at === 'log') return { shape, handle, position: offset.position, step: offset.step, offset: offsetText };
  return { shape, handle, position: handle.base, step: wholeCommit, offset: offsetOfSnapshotEnd };
}

/** `seenTo`: a position up to which somebody has looked for this reader already, and found nothing. */
export async function readTail(db: Drizzle, reader: Reader, limits: SourceLimits, seenTo = 0): Promise<Tail> {
  const { shape } = reader;
  const most = { mostRows: limits.logRows, mostBytes: limits.chunkBytes };
  let { position, step } = seenTo > reader.position ? { position: seenTo, step: wholeCommit } : reader;
  for (;;) {
    const read = await unlessTableChanged(() => readLog(db, shape, { position, step, ...most }), db, shape);
    if (!read?.state || !isReadable(reader, read.state)) return { moved: true };
    const { state, rows, window_end } = read;
    if (rows.length > 0 || window_end === null) return tailOf(reader, state, { rows, isWhole: window_end === null }, limits);
    [position, step] = [window_end, -1];
  }
}

function tailOf(
  reader: Reader,
  state: TableState,
  { rows, isWhole }: { rows: LogRow[]; isWhole: boolean },
  limits: SourceLimits,
): Tail {
  const { messages, offset, complete } = logMessages(reader.shape, rows);
  const seenPosition = Math.max(state.head, reader.handle.base);
  const parts = messages.map((message) => JSON.stringify(message));
  const upToDate = complete && isWhole;
  if (upToDate) parts.push(upToDateMessage(rows.at(-1)?.position ?? seenPosition));
  return {
    moved: false,
    messages,
    offset: offset ?? quietOffset(reader, state.head, limits.stride),
    upToDate,
    seenPosition,
    body: `[${parts.join('\n,')}]`,
  };
}

const isReadable = ({ shape, handle, position }: Reader, state: TableState) =>
  state.intact &&
  state.fingerprint === shape.fingerprint &&
  shapeHash(shape, state.generation) === handle.hash &&
  canFollow(state, handle.base, position);

export const upToDateMessage = (position: number): string =>
  JSON.stringify({ headers: { control: 'up-to-date', global_last_seen_lsn: String(position) } });

/**
 * With nothing new the offset stays, so that readers of one shape keep asking the same question and share its answer. It moves on
 * only in strides: otherwise a reader whose rows never change would one day stand before the start of the log.
 */
function quietOffset(reader: Reader, head: number, stride: number): string {
  const milestone = Math.floor(head / stride) * stride;
  return milestone > reader.position ? offsetAfterCommit(milestone) : reader.offset;
}
