// A till and its node over HTTP: pairing, session, catalogue, search, and the stream of what changes.
import { ANSWERED, type Handlers } from '#schema/mount';
import { present } from '#schema/values/assert';
import { ok, refuse } from '#schema/values/result';
import { isoTime } from '#schema/values/time';
import { limitOf } from '#schema/wire/parts';
import type { TillSession, tillContract } from '#schema/wire/till';
import { atTill, type Caller } from '../base/caller.ts';
import { pageOf, readCursor } from '../base/cursor.ts';
import { isLoopback } from '../base/loopback.ts';
import type { DeviceRegistry } from '../devices/registry.ts';
import type { Journal } from '../journal/commit.ts';
import type { Catalogue } from '../replica/catalogue.ts';
import type { Search } from '../replica/search.ts';
import type { Store, StoreReplica } from '../replica/store.ts';
import type { People } from '../staff/people.ts';
import type { Link } from '../sync/link.ts';
import type { Troubles } from '../trouble/troubles.ts';
import type { TillCodes } from './codes.ts';
import type { EventHub } from './events.ts';
import type { Tills } from './pairing.ts';

export interface TillContext {
  journal: Journal;
  tills: Tills;
  codes: TillCodes;
  /** Where the till page is from other machines. */
  addresses: () => string[];
  people: People;
  stores: StoreReplica;
  catalogue: Catalogue;
  search: Search;
  devices: DeviceRegistry;
  link: Link;
  events: EventHub;
  troubles: Troubles;
  now: () => number;
  demo: boolean;
}

const notReady = () =>
  refuse('not-ready', 'This store box has not received its store yet.', { next: 'Connect it to the centre once, then reload.' });

const managersOnly = () =>
  refuse('not-a-manager', 'Only a manager may pair or withdraw tills.', { next: 'Let a manager sign in at this till.' });

/** Where the store has no staff, whoever stands at a till may. */
const mayPair = (caller: Caller): boolean => caller.kind === 'machine' || atTill(caller).person?.role !== 'cashier';

const unknownTill = (code: string) =>
  refuse('unknown-till', `There is no till ${code} here.`, {
    field: 'code',
    next: '`lapak till list` shows those that there are.',
  });

export function tillRoutes(context: TillContext): Handlers<typeof tillContract, Caller> {
  const { journal, tills, codes, stores, catalogue, search, events } = context;
  return {
    pair: async ({ body, request, reply }) => {
      const { code, id: pairingId = null } = body;
      if (code === undefined && !isLoopback(request))
        return refuse('pairing-code-needed', 'This screen is not the store box’s own.', {
          next: 'Ask a manager for a pairing code.',
        });
      if (code === undefined)
        return journal.write(() => {
          const till = tills.own();
          return ok({ token: tills.addToken(till, pairingId), till });
        });
      const paired = await journal.write(() => codes.use({ code, pairingId, from: request.ip }));
      if (!paired.ok && paired.code === 'too-many-tries') reply.header('retry-after', String(paired.facts?.seconds));
      return paired;
    },
    list: () => ok({ items: tills.list() }),
    createCode: async ({ body: { id, till = null, name = null }, caller }) => {
      if (!mayPair(caller)) return managersOnly();
      const made = await journal.write(() => codes.make({ id, till, name }));
      return made.ok ? ok({ ...made.value, addresses: context.addresses() }) : made;
    },
    revoke: async ({ params: { code }, caller }) => {
      if (!mayPair(caller)) return managersOnly();
      const till = tills.find(code);
      if (!till) return unknownTill(code);
      await journal.write(() => {
        tills.revoke(till);
        return ok(true);
      });
      events.drop(till.id);
      return ok(
        present(
          tills.list().find(({ id }) => id === till.id),
          'the till is there',
        ),
      );
    },
    session: ({ caller }) => {
      const store = stores.current();
      if (!store || caller.kind === 'anyone') return notReady();
      return ok(sessionOf(store, caller, context));
    },
    categories: () => ok({ items: catalogue.categories() }),
    products: ({ query }) => {
      const store = stores.current();
      if (!store) return ok({ items: [], next: null });
      if (query.ids !== undefined) return ok({ items: catalogue.byIds(store, query.ids.split(',')), next: null });
      const after = readCursor(query.after, 1);
      if (!after.ok) return after;
      const limit = limitOf(query);
      return ok(pageOf(catalogue.products(store, after.value[0] ?? '', limit + 1), limit, (product) => [product.id]));
    },
    search: ({ query }) => {
      const store = stores.current();
      return ok({ items: store ? search(store, query.q, Number(query.limit ?? 20)) : [] });
    },
    events: ({ request, reply, caller }) => {
      reply.hijack();
      events.attach(atTill(caller).till.id, reply.raw, request.headers['last-event-id'] as string | undefined);
      return ANSWERED;
    },
  };
}

type TillCaller = Exclude<Caller, { kind: 'anyone' }>;

function sessionOf(
  store: Store,
  { till, person }: TillCaller,
  { people, devices, link, troubles, now, demo }: TillContext,
): TillSession {
  const { id, code, name, address, currency, timeZone, settings } = store;
  return {
    till,
    store: { id, code, name, address, currency, timeZone, settings },
    person,
    staffed: people.any(),
    demo,
    dispensers: devices
      .list()
      .flatMap(({ id, name, number, driver }) => (number === null ? [] : [{ id, name, virtual: driver === 'virtual' }])),
    sync: link.state(),
    troubles: troubles.list(),
    serverTime: isoTime(now()),
  };
}
