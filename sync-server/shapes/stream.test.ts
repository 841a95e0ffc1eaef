// The unmodified client that store nodes use, over real HTTP through the gate, across restarts on both sides.
import {
  type ChangeMessage,
  isChangeMessage,
  isControlMessage,
  type Message,
  type Offset,
  ShapeStream,
} from '@electric-sql/client';
import { sql } from 'drizzle-orm';
import Fastify, { type FastifyInstance } from 'fastify';
import { expect, it, onTestFinished } from 'vitest';
import { ok, refuse } from '#schema/values/result';
import { systemClock } from '../base/clock.ts';
import type { Database } from '../base/database.ts';
import { onPglite } from '../base/test-database.ts';
import { openEmbeddedSource } from './embedded.ts';
import { mountShapeGate } from './gate.ts';

const storeId = '01900000-0000-7000-8000-00000000000a';
const shapes = {
  notes: { table: 'notes', scope: 'store' as const, filter: 'store_id = $1', columns: ['id', 'store_id', 'body'] },
};

interface Centre {
  port: number;
  stop(): Promise<void>;
}

async function startCentre(database: Database, port = 0): Promise<Centre> {
  const source = await openEmbeddedSource({ database, clock: systemClock, tables: ['notes'], limits: { longPollMs: 1000 } });
  const app: FastifyInstance = Fastify({ forceCloseConnections: true });
  const identifyNode = async ({ headers }: { headers: { authorization?: string } }) =>
    headers.authorization === 'Bearer node' ? ok({ nodeId: 'n', storeId }) : refuse('not-signed-in', 'A stranger.');
  mountShapeGate(app, { source, identifyNode, shapes });
  await app.listen({ port, host: '127.0.0.1' });
  const address = app.server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    stop: async () => {
      await source.close();
      await app.close();
    },
  };
}

interface Copy {
  rows: Map<string, string>;
  handle?: string | undefined;
  offset?: Offset | undefined;
  refetches: number;
}

/** Applies a batch with its cursor at up-to-date, as a node does; stopping and starting again goes on from the copy. */
function startNode(port: number, copy: Copy, liveSse: boolean): () => void {
  const gone = new AbortController();
  const stream = new ShapeStream({
    url: `http://127.0.0.1:${port}/sync/stores/${storeId}/shapes/notes`,
    headers: { authorization: 'Bearer node' },
    signal: gone.signal,
    liveSse,
    ...(copy.handle !== undefined && copy.offset !== undefined && { handle: copy.handle, offset: copy.offset }),
    backoffOptions: { initialDelay: 20, maxDelay: 200, multiplier: 1.5 },
    onError: () => ({}),
  });
  let waiting: Message[] = [];
  stream.subscribe((messages) => {
    for (const message of messages) {
      if (isControlMessage(message) && message.headers.control === 'must-refetch') {
        copy.refetches += 1;
        copy.rows.clear();
        waiting = [];
      }
      if (isChangeMessage(message)) waiting.push(message);
      if (isControlMessage(message) && message.headers.control === 'up-to-date') {
        for (const change of waiting as ChangeMessage[]) apply(copy.rows, change);
        waiting = [];
        copy.handle = stream.shapeHandle;
        copy.offset = stream.lastOffset;
      }
    }
  });
  onTestFinished(() => gone.abort());
  return () => gone.abort();
}

function apply(rows: Map<string, string>, { key, value, headers }: ChangeMessage): void {
  if (headers.operation === 'delete') expect(rows.delete(key)).toBe(true);
  if (headers.operation === 'insert') expect(rows.has(key)).toBe(false);
  if (headers.operation !== 'delete') rows.set(key, String(value.body ?? rows.get(key)));
}

const bodies = (copy: Copy) => [...copy.rows.values()].sort().join(' ');

onPglite('the Electric client on the embedded source', (open) => {
  it.each([
    ['long-poll', false],
    ['server-sent events', true],
  ])('[SYN-05] follows by %s across restarts of the server and of the client', { timeout: 60_000 }, async (_, liveSse) => {
    const database = await open({ tables: 'none' });
    await database.db.execute(sql`CREATE TABLE notes (id int PRIMARY KEY, store_id uuid NOT NULL, body text NOT NULL)`);
    const write = (text: string) => database.db.execute(sql.raw(text));
    await write(`INSERT INTO notes VALUES (1, '${storeId}', 'a'), (2, '01900000-0000-7000-8000-00000000000b', 'not ours')`);
    const copy: Copy = { rows: new Map(), refetches: 0 };
    let centre = await startCentre(database);
    let stopNode = startNode(centre.port, copy, liveSse);
    await expect.poll(() => bodies(copy), { timeout: 10_000 }).toBe('a');
    await write(`INSERT INTO notes VALUES (3, '${storeId}', 'c'), (4, '${storeId}', 'd')`);
    await expect.poll(() => bodies(copy), { timeout: 10_000 }).toBe('a c d');

    await centre.stop();
    await write(`UPDATE notes SET body = 'cc' WHERE id = 3`);
    centre = await startCentre(database, centre.port);
    await expect.poll(() => bodies(copy), { timeout: 10_000 }).toBe('a cc d');

    stopNode();
    await write(`UPDATE notes SET store_id = '${storeId}' WHERE id = 2`);
    await write('DELETE FROM notes WHERE id = 1');
    stopNode = startNode(centre.port, copy, liveSse);
    await expect.poll(() => bodies(copy), { timeout: 10_000 }).toBe('cc d not ours');
    expect(copy.refetches).toBe(0);

    await write('TRUNCATE notes');
    await write(`INSERT INTO notes VALUES (9, '${storeId}', 'new')`);
    await expect.poll(() => bodies(copy), { timeout: 15_000 }).toBe('new');
    expect(copy.refetches).toBeGreaterThan(0);
    stopNode();
    await centre.stop();
  });
});
