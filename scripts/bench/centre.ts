// A centre for benches, over Postgres or PGlite, with somebody signed in who may do everything.
import { client } from '#schema/client';
import { idMaker } from '#schema/values/id';
import { identityContract } from '#schema/wire/identity';
import { storeContract } from '#schema/wire/store';
import { randomBytes, systemClock } from '#sync-server/base/clock';
import { startCentre } from '#sync-server/main';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const admin = { login: 'admin', password: 'a long enough password' };

export const makeId = idMaker(systemClock, randomBytes);

/**
 * The network of one of many stores: connections of its own, and an address that the proxy names, so that the limits for one address count
 * the stores apart.
 */
export async function fetchFrom(store: number): Promise<typeof fetch> {
  const dispatcher = await ownConnections();
  return (input, init) => {
    const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined));
    headers.set('x-forwarded-for', `10.0.${store >> 8}.${store & 255}`);
    const own = { ...init, headers, dispatcher };
    return fetch(input, own);
  };
}

/** Stores that shared this process's one pool would wait for each other in it, as machines do not. Node's own kind of pool has no other name. */
async function ownConnections(): Promise<object> {
  await fetch('data:,');
  const shared = (globalThis as Record<symbol, unknown>)[Symbol.for('undici.globalDispatcher.1')];
  const { constructor: Pool } = shared as { constructor: new () => object };
  return new Pool();
}

export async function benchCentre(dataFolder: string, databaseUrl?: string, port = 0) {
  // Behind a proxy, as a chain's centre is: its stores call from addresses of their own (`fetchFrom`).
  const centre = await startCentre({ dataFolder, databaseUrl, port, admin, log: silent, trustProxy: true });
  const { token } = await client(identityContract, { baseUrl: centre.url, fetch }).login({ body: admin });
  const as = { baseUrl: centre.url, fetch, timeoutMs: 60_000, headers: () => ({ authorization: `Bearer ${token}` }) };
  const stores = client(storeContract, as);
  return {
    ...centre,
    as,
    async addStore(): Promise<{ storeId: string; code: string }> {
      const id = makeId();
      const place = { country: 'ID', currency: 'IDR', timeZone: 'Asia/Jakarta', language: 'id' } as const;
      await stores.create({ body: { id, code: `s-${id.slice(-12)}`, name: 'Warung Sari', ...place } });
      return { storeId: id, code: (await stores.createEnrolmentCode({ params: { id } })).code };
    },
  };
}
