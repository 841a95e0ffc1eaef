// Typed calls to the centre and to this machine's store node, made from the contracts. `fetch` and the token are settled here, once.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Client, client, UnreachableError } from '#schema/client';
import type { Clock } from '#schema/values/clock';
import { centreContracts } from '#schema/wire/centre';
import type { Contract } from '#schema/wire/contract';
import { nodeContracts } from '#schema/wire/node';
import { DryRun, withoutWrites } from './dry-run.ts';
import { notFound } from './failure.ts';

type Clients<Contracts extends Record<string, Contract>> = { [Noun in keyof Contracts]: Client<Contracts[Noun]> };

export type Centre = Clients<typeof centreContracts> & { baseUrl: string };
export type LocalNode = Clients<typeof nodeContracts> & { baseUrl: string };

export interface Connection {
  baseUrl: string;
  token: string | undefined;
  timeoutMs: number;
  dryRun?: boolean;
  /** Told each call, with how long it took. */
  tell?: ((text: string) => void) | undefined;
  clock: Pick<Clock, 'now'>;
}

export const connectCentre = (connection: Connection): Centre => ({
  ...clientsOf(centreContracts, connection),
  baseUrl: connection.baseUrl,
});

/** The node of a data folder on this machine: its address and machine token stand there. */
export async function connectNode(folder: string, connection: Omit<Connection, 'baseUrl' | 'token'>): Promise<LocalNode> {
  const [baseUrl, token] = await Promise.all([readWord(join(folder, 'node.url')), readWord(join(folder, 'machine.token'))]);
  if (!token)
    throw notFound(
      `There is no store node in ${folder}.`,
      'Start one with `lapak up`, or name its folder with --data-folder.',
      'no-node',
    );
  if (!baseUrl) throw new UnreachableError(`The store node in ${folder} is not running.`);
  return { ...clientsOf(nodeContracts, { ...connection, baseUrl, token }), baseUrl };
}

const readWord = (path: string): Promise<string | undefined> =>
  readFile(path, 'utf8').then(
    (text) => text.trim(),
    () => undefined,
  );

function clientsOf<Contracts extends Record<string, Contract>>(contracts: Contracts, connection: Connection): Clients<Contracts> {
  const { baseUrl, token, timeoutMs } = connection;
  const headers = () => (token ? { authorization: `Bearer ${token}` } : {});
  const options = { baseUrl, fetch: fetchOf(connection), headers: headers as () => Record<string, string>, timeoutMs };
  const clients = Object.entries(contracts).map(([noun, routes]) => [noun, withDryRuns(client(routes, options))]);
  return Object.fromEntries(clients) as Clients<Contracts>;
}

function fetchOf({ dryRun, tell, clock }: Connection): typeof fetch {
  const real: typeof fetch = dryRun ? withoutWrites(fetch) : fetch;
  if (!tell) return real;
  return async (input, options) => {
    const startedAt = clock.now();
    const response = await real(input, options);
    tell(`${options?.method ?? 'GET'} ${String(input)}  ${response.status}  ${clock.now() - startedAt} ms`);
    return response;
  };
}

/** The client takes whatever stops a call for a dead network; a dry run stopped it on purpose. */
function withDryRuns<C extends Contract>(calls: Client<C>): Client<C> {
  const unwrap = (error: unknown): never => {
    throw error instanceof UnreachableError && error.cause instanceof DryRun ? error.cause : error;
  };
  const entries = Object.entries(calls).map(([verb, call]) => [verb, (input?: object) => call(input).catch(unwrap)]);
  return Object.fromEntries(entries) as Client<C>;
}
