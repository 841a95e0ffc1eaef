// A whole centre for tests: real HTTP on a free port, a database in memory or the one given, an administrator who is signed in.
import { sql } from 'drizzle-orm';
import { afterAll, expect, onTestFinished, TestRunner } from 'vitest';
import { type Client, client } from '#schema/client';
import type { Role } from '#schema/rules/access';
import type { Clock, RandomBytes } from '#schema/values/clock';
import { idMaker, type MakeId } from '#schema/values/id';
import { centreContracts } from '#schema/wire/centre';
import type { BodyOf, Contract } from '#schema/wire/contract';
import type { storeContract } from '#schema/wire/store';
import { randomBytes, systemClock } from './base/clock.ts';
import type { Database } from './base/database.ts';
import type { Log } from './base/log.ts';
import type { Reaction } from './base/reaction.ts';
import { openMemoryDatabase } from './base/test-database.ts';
import { openCentre } from './centre.ts';
import { type FakeNode, fakeNode, post } from './test-node.ts';

type Contracts = typeof centreContracts;
export type Calls = { [Noun in keyof Contracts]: Client<Contracts[Noun]> };

export interface TestCentre {
  url: string;
  database: Database;
  clock: Clock;
  makeId: MakeId;
  admin: { login: string; password: string; token: string };
  /** Every contract as typed calls, signed in as the administrator. */
  as: Calls;
  callsWith(token: string): Calls;
  /** The token of a new person with this role. */
  personWith(role: Role): Promise<string>;
  addStore(given?: Partial<BodyOf<typeof storeContract.create>>): Promise<string>;
  /** A node that is enrolled in this store, or in a new one. */
  enrolNode(storeId?: string): Promise<FakeNode>;
  /** Until every stored fact is applied and every event relayed. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

export interface TestCentreOptions {
  database?: Database;
  clock?: Clock;
  random?: RandomBytes;
  log?: Log;
  moreReactions?: readonly Reaction[];
}

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const admin = { login: 'admin', password: 'correct horse battery' };

/** Stops by itself at the end of the test or suite that started it. */
export async function startTestCentre(options: TestCentreOptions = {}): Promise<TestCentre> {
  const { clock = systemClock, random = randomBytes, log = silent, moreReactions } = options;
  const database = options.database ?? (await openMemoryDatabase('central'));
  const parts = { database, clock, random, log, version: '0.0.0', production: false, trustProxy: false, moreReactions };
  const centre = await openCentre({ ...parts, secretKey: 'a secret key for tests, long enough', admin });
  const url = await centre.app.listen({ host: '127.0.0.1', port: 0 });
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= centre.stop().then(() => (options.database ? undefined : database.close()));
    return stopped;
  };
  if (TestRunner.getCurrentTest()) onTestFinished(stop);
  else afterAll(stop);
  const makeId = idMaker(clock, random);
  const callsWith = (token: string) => callsTo(url, token);
  const token = await signIn(url, admin);
  const as = callsWith(token);

  const addStore: TestCentre['addStore'] = async (given = {}) => {
    const id = makeId();
    const place = { country: 'ID', currency: 'IDR', timeZone: 'Asia/Jakarta', language: 'id' } as const;
    await as.store.create({ body: { id, code: `s-${id.slice(-12)}`, name: 'Warung Sari', ...place, ...given } });
    return id;
  };
  return {
    url,
    database,
    clock,
    makeId,
    admin: { ...admin, token },
    as,
    callsWith,
    addStore,
    stop,
    async personWith(role) {
      const person = { login: `${role}-${makeId()}`, password: 'correct horse battery' };
      await as.identity.createUser({ body: { id: makeId(), name: role, role, ...person } });
      return signIn(url, person);
    },
    async enrolNode(storeId) {
      const id = storeId ?? (await addStore());
      const node = fakeNode({ url, clock, random });
      const { code } = await as.store.createEnrolmentCode({ params: { id } });
      const answer = await node.enrol(code);
      expect(answer.status, await answer.clone().text()).toBe(201);
      return node;
    },
    settle: () => settle(database),
  };
}

function callsTo(url: string, token: string): Calls {
  const options = { baseUrl: url, fetch, headers: () => ({ authorization: `Bearer ${token}` }) };
  const calls = Object.entries(centreContracts).map(([noun, routes]) => [noun, client(routes as Contract, options)]);
  return Object.fromEntries(calls) as Calls;
}

async function signIn(url: string, person: { login: string; password: string }): Promise<string> {
  const answer = await post(`${url}/api/v1/auth/login`, person);
  expect(answer.status, await answer.clone().text()).toBe(200);
  return ((await answer.json()) as { token: string }).token;
}

async function settle({ db }: Database): Promise<void> {
  const backlog = sql`SELECT (SELECT count(*) FROM apply_cursors c WHERE EXISTS (SELECT 1 FROM journal j
    WHERE j.store_id = c.store_id AND (j.generation, j.seq) > (c.generation, c.seq))) + (SELECT count(*) FROM outbox) AS left`;
  await expect.poll(async () => Number((await db.execute(backlog)).rows[0]?.left), { timeout: 20_000, interval: 10 }).toBe(0);
}
