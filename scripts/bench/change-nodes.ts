// The nodes of the change bench, in a process of their own as they are on machines of their own: each enrols, follows for real on its
// own file, and notes when its replica has a price. Told by its parent what to do, one message at a time.
import { join } from 'node:path';
import { enrolNode, type RunningNode, startNode } from '#node/main';
import { fetchFrom } from './centre.ts';

export interface StartNodes {
  path: string;
  serverUrl: string;
  codes: string[];
}

export type ToNodes = { start: StartNodes } | { awaitPrice: number } | { stop: true };

/** Moments of a clock that all processes of a machine share. */
export type FromNodes = { at: number[] };

export const sharedClock = (): number => Number(process.hrtime.bigint()) / 1e6;

interface Watched {
  node: RunningNode;
  untilPrice(amount: number): Promise<number>;
}

async function startNodes({ path, serverUrl, codes }: StartNodes): Promise<Watched[]> {
  const watched: Watched[] = [];
  for (const [count, code] of codes.entries()) {
    const place = { dataFolder: join(path, `node-${count}`), fetch: await fetchFrom(count) };
    await enrolNode({ ...place, serverUrl, code, name: `box ${count}` });
    const node = await startNode({ ...place, port: 0, logLevel: 'silent' });
    watched.push({ node, untilPrice: watchPrice(node) });
  }
  return watched;
}

/** Looks into SQLite after each batch that the node's replica has committed: fifty nodes that are asked in turns would be slowed by it. */
function watchPrice({ store }: RunningNode): (amount: number) => Promise<number> {
  const read = store.sqlite.prepare<[], { amount: number }>('SELECT amount FROM prices LIMIT 1');
  const { apply } = store.replica;
  let look = () => {};
  store.replica.apply = (...batch) => {
    apply(...batch);
    look();
  };
  return (amount) =>
    new Promise((resolve) => {
      look = () => {
        if (read.get()?.amount === amount) resolve(sharedClock());
      };
      look();
    });
}

function obey(): void {
  let watched: Watched[] = [];
  const answer = (at: number[] = []) => process.send?.({ at } satisfies FromNodes);
  process.on('message', async (message: ToNodes) => {
    if ('start' in message) {
      watched = await startNodes(message.start);
      answer();
    } else if ('awaitPrice' in message) {
      answer(await Promise.all(watched.map(({ untilPrice }) => untilPrice(message.awaitPrice))));
    } else {
      await Promise.all(watched.map(({ node }) => node.stop()));
      answer();
      process.disconnect?.();
    }
  });
}

// The bench imports the types and the clock from here; only its child does as it is told.
if (process.argv[1] === import.meta.filename) obey();
