// Decisions come down: one stream of the unmodified Electric client for each shape, applied with its cursor in one transaction. A stream
// that fails starts again from the cursor that is on disk, so nothing is applied twice and nothing is left out.
import { setMaxListeners } from 'node:events';
import {
  type ChangeMessage,
  isChangeMessage,
  isControlMessage,
  type Message,
  type Offset,
  ShapeStream,
} from '@electric-sql/client';
import type { Clock } from '#schema/values/clock';
import { shapes } from '#schema/wire/shape';
import type { EndOfTurn } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Replica } from '../replica/replica.ts';
import type { Row, RowChange } from '../replica/row-writer.ts';
import type { ReplicaTable } from '../replica/tables.ts';
import type { Centre } from './centre.ts';
import { type FirstRows, openFirstRows } from './first-rows.ts';

const RESTART_MS = 2_000;
/** Rows of a snapshot taken in one go: tills are answered between the slices. */
const SLICE = 4_000;

export interface Downlink {
  stop(): Promise<void>;
}

interface DownlinkParts {
  centre: Centre;
  replica: Replica;
  tables: readonly ReplicaTable[];
  clock: Clock;
  endOfTurn: EndOfTurn;
  log: Log;
}

export function startDownlink({ tables, ...parts }: DownlinkParts): Downlink {
  const stopping = new AbortController();
  // Every shape listens to it, and there are more than Node takes for a mistake.
  setMaxListeners(0, stopping.signal);
  const followers = tables.map((table) => follow(table, stopping.signal, parts));
  return {
    async stop() {
      stopping.abort();
      await Promise.all(followers);
    },
  };
}

type FollowParts = Omit<DownlinkParts, 'tables'>;

async function follow(table: ReplicaTable, stopped: AbortSignal, parts: FollowParts): Promise<void> {
  while (!stopped.aborted) {
    try {
      await readStream(table, stopped, parts);
    } catch (error) {
      if (stopped.aborted) return;
      parts.log.warn({ error, shape: table.shape }, 'a shape could not be followed; it starts again from its cursor');
    }
    await pause(parts.clock, RESTART_MS, stopped);
  }
}

const pause = (clock: Clock, delayMs: number, stopped: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (stopped.aborted) return resolve();
    const end = () => {
      cancel();
      stopped.removeEventListener('abort', end);
      resolve();
    };
    const cancel = clock.after(delayMs, end);
    stopped.addEventListener('abort', end);
  });

/** Resolves when the stream ends and rejects when it fails; the caller starts another. */
function readStream(table: ReplicaTable, stopped: AbortSignal, parts: FollowParts): Promise<void> {
  const { centre, replica } = parts;
  const cursor = replica.cursor(table);
  if (!cursor) replica.restart(table);
  const ending = new AbortController();
  const firstRows = openFirstRows(centre.fetch, columnParser);
  const stream = new ShapeStream<Row>({
    url: shapeUrl(table, centre),
    ...(cursor && { handle: cursor.handle, offset: cursor.offset as Offset }),
    fetchClient: firstRows.fetch,
    signal: AbortSignal.any([ending.signal, stopped]),
    parser: columnParser,
    backoffOptions: { initialDelay: 300, maxDelay: 30_000, multiplier: 2 },
  });
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => {
      ending.abort();
      reject(error);
    };
    stopped.addEventListener('abort', () => resolve(), { signal: ending.signal });
    // A callback of the client must not throw: it would end the process.
    stream.subscribe((messages) => take(messages, { stream, firstRows, table }, parts).catch(fail), fail);
  });
}

function shapeUrl({ shape }: ReplicaTable, { enrolled }: Centre): string {
  const path = shapes[shape].scope === 'store' ? `/sync/stores/${enrolled.storeId}/shapes/${shape}` : `/sync/shapes/${shape}`;
  return new URL(path, enrolled.serverUrl).href;
}

/** As SQLite keeps them: whole numbers, 0 and 1, and JSON as the text that it came in. */
const columnParser = {
  int8: (text: string) => Number(text),
  int4: (text: string) => Number(text),
  bool: (text: string) => (text === 't' || text === 'true' ? 1 : 0),
  json: (text: string) => text,
  jsonb: (text: string) => text,
};

async function take(
  messages: Message<Row>[],
  { stream, firstRows, table }: { stream: ShapeStream<Row>; firstRows: FirstRows; table: ReplicaTable },
  { replica, endOfTurn }: FollowParts,
): Promise<void> {
  if (messages.some((message) => isControlMessage(message) && message.headers.control === 'must-refetch')) {
    firstRows.forget();
    replica.restart(table);
    return;
  }
  const upToDate = messages.some((message) => isControlMessage(message) && message.headers.control === 'up-to-date');
  const handle = stream.shapeHandle;
  const offset = stream.lastOffset;
  if (handle === undefined) return;
  const changes: RowChange[] = firstRows.take(handle, offset).map((row) => ({ operation: 'insert', row }));
  for (const message of messages) if (isChangeMessage(message)) changes.push(changeOf(message));
  if (changes.length === 0 && !upToDate) return;
  const complete = replica.cursor(table)?.complete === true;
  let from = 0;
  // Only a copy that nobody reads yet may be filled piece by piece.
  for (; !complete && changes.length - from > SLICE; from += SLICE) {
    replica.stage(table, changes.slice(from, from + SLICE));
    await new Promise<void>((resolve) => endOfTurn(resolve));
  }
  replica.apply(table, changes.slice(from), { handle, offset, complete: complete || upToDate });
}

const changeOf = ({ value, headers }: ChangeMessage<Row>): RowChange => ({ operation: headers.operation, row: value });
