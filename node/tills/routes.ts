// A till and its node over HTTP: pairing, session, catalogue, search, and the stream of what changes.
import type { FastifyRequest } from 'fastify';
import { ANSWERED, type Handlers } from '#schema/mount';
import { ok, refuse } from '#schema/values/result';
import { isoTime } from '#schema/values/time';
import { limitOf } from '#schema/wire/parts';
import type { TillSession, tillContract } from '#schema/wire/till';
import type { Caller } from '../base/caller.ts';
import { pageOf, readCursor } from '../base/cursor.ts';
import type { DeviceRegistry } from '../devices/registry.ts';
import type { Catalogue } from '../replica/catalogue.ts';
import type { Search } from '../replica/search.ts';
import type { Store, StoreReplica } from '../replica/store.ts';
import type { People } from '../staff/people.ts';
import type { Link } from '../sync/link.ts';
import type { Troubles } from '../trouble/troubles.ts';
import type { EventHub } from './events.ts';
import type { Tills } from './pairing.ts';

export interface TillContext {
  tills: Tills;
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

const isLoopback = ({ ip }: FastifyRequest): boolean => ip === '127.0.0.1' || ip === '::1' || ip === '::ffff:127.0.0.1';

export function tillRoutes(context: TillContext): Handlers<typeof tillContract, Caller> {
  const { tills, stores, catalogue, search, events } = context;
  return {
    pair: ({ request }) => {
      if (!isLoopback(request))
        return refuse('pairing-code-needed', 'This screen is not the store box’s own.', {
          next: 'Ask a manager for a pairing code.',
        });
      const till = tills.own();
      return ok({ token: tills.pair(till), till });
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
    events: ({ request, reply }) => {
      reply.hijack();
      events.attach(reply.raw, request.headers['last-event-id'] as string | undefined);
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
    dispensers: devices.list().map((device) => ({ id: device.id, name: device.name, virtual: device.driver === 'virtual' })),
    sync: link.state(),
    troubles: troubles.list(),
    serverTime: isoTime(now()),
  };
}
