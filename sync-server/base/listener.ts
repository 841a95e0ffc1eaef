// LISTEN on a connection of its own that comes back when it breaks; the live answers of the shapes wait on it.
import pg from 'pg';
import { systemClock } from './clock.ts';

export interface Listener {
  listen(channel: string, onPayload: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

const retryAfterMs = 500;

/** Connects at the first `listen`; a centre that listens to nothing holds no connection. */
export function startListener(newClient: () => pg.Client): Listener {
  const calls = new Map<string, Set<(payload: string) => void>>();
  let current: Promise<pg.Client> | undefined;
  let closed = false;
  let cancelRetry = () => {};

  const connect = async (): Promise<pg.Client> => {
    const client = newClient();
    client.on('notification', ({ channel, payload }) => {
      for (const call of calls.get(channel) ?? []) call(payload ?? '');
    });
    client.on('error', () => undefined); // `end` follows and is where we act
    client.on('end', reconnect);
    await client.connect();
    for (const channel of calls.keys()) await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    return client;
  };

  const reconnect = () => {
    if (closed) return;
    cancelRetry();
    cancelRetry = systemClock.after(retryAfterMs, () => {
      current = connect();
      current.then(
        () => {
          for (const set of calls.values()) for (const call of set) call('');
        },
        () => reconnect(),
      );
    });
  };

  return {
    async listen(channel, onPayload) {
      const set = calls.get(channel) ?? new Set();
      calls.set(channel, set.add(onPayload));
      current ??= connect();
      const client = await current;
      await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
      return async () => {
        set.delete(onPayload);
        if (set.size > 0 || closed) return;
        calls.delete(channel);
        await (await current)?.query(`UNLISTEN ${pg.escapeIdentifier(channel)}`);
      };
    },
    async close() {
      closed = true;
      cancelRetry();
      const client = await current?.catch(() => undefined);
      await client?.end();
    },
  };
}
