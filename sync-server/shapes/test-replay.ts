// For tests: plays the exchanges recorded from a real Electric against a source, and compares everything that is not a running number.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import type { Database } from '../base/database.ts';
import type { ShapeAnswer, ShapeSource } from './source.ts';

interface RecordedAnswer {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

type Step = { sql: string } | { request: Record<string, string>; during?: string[]; response: RecordedAnswer };

export interface Recording {
  name: string;
  about: string;
  steps: Step[];
}

const folder = join(import.meta.dirname, 'fixtures');

export const recordings: Recording[] = readdirSync(folder).map(
  (file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Recording,
);

export interface ReplayHands {
  database: Database;
  source: ShapeSource;
  /** Lets a live request that nothing will answer run into its time. */
  timeOut: () => void;
  /** Resolves when the source waits for news. */
  untilWaiting: () => Promise<void>;
}

export async function replay(recording: Recording, hands: ReplayHands): Promise<void> {
  let last: Record<string, string> = {};
  const pairs = { handles: new Map<string, string>(), offsets: new Map<string, string>() };
  for (const [at, step] of recording.steps.entries()) {
    if ('sql' in step) {
      await run(hands.database, step.sql);
      continue;
    }
    const words = new URLSearchParams();
    for (const [word, value] of Object.entries(step.request)) {
      const filled = value.replace(/^\$(handle|offset|cursor)$/, (_, name: string) => last[`electric-${name}`] ?? '');
      if (filled !== '' || !value.startsWith('$')) words.set(word, filled);
    }
    const pending = hands.source.answer({ words, signal: new AbortController().signal });
    if (step.request.live === 'true' && step.response.status !== 400) {
      await hands.untilWaiting();
      if (!step.during) hands.timeOut();
    }
    for (const statement of step.during ?? []) await run(hands.database, statement);
    const answer = await pending;
    const where = `${recording.name}, step ${at}`;
    compare(where, step.response, { ...answer, body: JSON.parse(String(answer.body)) });
    paired(pairs.handles, step.response.headers['electric-handle'], answer.headers['electric-handle'], where);
    last = { ...last, ...answer.headers };
  }
}

/** The recorded statements are several in a row where they hold a transaction; one session takes them one by one. */
async function run(database: Database, text: string): Promise<void> {
  const statements = /^BEGIN;/.test(text) ? text.split('; ') : [text];
  await database.session(async (db) => {
    for (const statement of statements) await db.execute(sql.raw(statement));
  });
}

/** A handle that stays or changes in the recording stays or changes here. */
function paired(seen: Map<string, string>, recorded: string | undefined, ours: string | undefined, where: string): void {
  if (recorded === undefined || ours === undefined) return;
  const known = seen.get(recorded) ?? ours;
  expect(ours, `${where}: handle`).toBe(known);
  seen.set(recorded, ours);
  expect(new Set(seen.values()).size, `${where}: another handle for another shape`).toBe(seen.size);
}

function compare(where: string, recorded: RecordedAnswer, ours: Omit<ShapeAnswer, 'body'> & { body: unknown }): void {
  expect(ours.status, where).toBe(recorded.status);
  const normal = normaliser();
  const expected = { headers: normal.headers(recorded.headers), body: normal.body(recorded.body) };
  const other = normaliser();
  expect({ headers: other.headers(ours.headers), body: other.body(ours.body) }, where).toEqual(expected);
}

/** Replaces running numbers by their order of appearance, so that equal stays equal and different stays different. */
function normaliser() {
  const order = new Map<string, string>();
  const numbered = (kind: string, text: unknown): string => {
    const key = `${kind} ${text}`;
    if (!order.has(key)) order.set(key, `${kind} #${[...order.keys()].filter((known) => known.startsWith(kind)).length + 1}`);
    return order.get(key) as string;
  };
  // A log offset's op must fit its messages, so only the position is a running number.
  const offset = (text: string) => text.replace(/^([1-9]\d*)(?=_)/, (position) => `<${numbered('position', position)}>`);
  const header: Record<string, (text: string) => unknown> = {
    'electric-handle': (text) => numbered('handle', text),
    'electric-offset': offset,
    'electric-cursor': (text) => expect.stringMatching(/^\d+$/) && /^\d+$/.test(text),
    'electric-schema': (text) => JSON.parse(text),
    etag: (text) => {
      const [handle, from = '', to = '', extra] = text.slice(1, -1).split(':');
      return [numbered('handle', handle), offset(from), offset(to), extra !== undefined];
    },
  };
  const message = (given: { headers: Record<string, unknown> }) => {
    const headers = { ...given.headers };
    for (const name of ['xmin', 'xmax'] as const) if (name in headers) headers[name] = /^\d+$/.test(String(headers[name]));
    // Whoever else is writing to this server just now, in whatever database, is in the list.
    if ('xip_list' in headers) headers.xip_list = (headers.xip_list as string[]).every((txid) => /^\d+$/.test(txid));
    if ('lsn' in headers) headers.lsn = numbered('position', headers.lsn);
    if ('txids' in headers) headers.txids = numbered('transaction', JSON.stringify(headers.txids));
    if ('global_last_seen_lsn' in headers) headers.global_last_seen_lsn = /^\d+$/.test(String(headers.global_last_seen_lsn));
    return { ...given, headers };
  };
  return {
    headers: (headers: Record<string, string>) =>
      Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, header[name]?.(text) ?? text])),
    body(body: unknown): unknown {
      if (Array.isArray(body)) return body.map(message);
      const { errors } = body as { errors?: Record<string, string[]> };
      // The words of a refused filter are the database's own.
      return errors?.where ? { ...(body as object), errors: { ...errors, where: ['…'] } } : body;
    },
  };
}
