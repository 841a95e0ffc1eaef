// A till and its node: pairing, who and where it is, the catalogue it sells from, and what changes while it is open.
import Type, { type Static } from 'typebox';
import { contract } from './contract.ts';
import type { DeviceCommand } from './device-command.ts';
import { Amount, Count, CurrencyCode, Id, Input, Name, oneOf, orNull, Page, pageQueryWith, Time } from './parts.ts';
import type { Printer, PrintJob } from './print.ts';
import { StockPolicy } from './product.ts';
import { StaffPerson } from './staff.ts';
import type { LowStock } from './stock.ts';
import { StoreSettings } from './store.ts';
import { Trouble } from './trouble.ts';

export const CatalogueProduct = Type.Object({
  id: Id,
  sku: Type.String(),
  name: Type.String(),
  categoryId: orNull(Id),
  unit: Type.String(),
  quantityScale: Count,
  dispensable: Type.Boolean(),
  /** Whether the last one can be sold twice: `forbid` says no. */
  stockPolicy: StockPolicy,
  /** Years that the buyer must have; the seller sees it proven. */
  ageLimit: orNull(Count),
  /** The item's number on labels of the shop's own scale. */
  pluCode: orNull(Type.String()),
  position: Count,
  barcodes: Type.Array(Type.String()),
  price: Type.Object({ id: Id, version: Count, amount: Amount }),
  tax: Type.Object({ id: Id, version: Count, rate: Count, inclusive: Type.Boolean() }),
  /** On hand less reserved, in units of the scale. */
  available: Amount,
});

export type CatalogueProduct = Static<typeof CatalogueProduct>;

export const CatalogueCategory = Type.Object({ id: Id, parentId: orNull(Id), name: Type.String(), position: Count });

export type CatalogueCategory = Static<typeof CatalogueCategory>;

export const SyncState = Type.Object({
  /** The link to the centre, as last tried. `never` until the first contact. */
  link: oneOf('online', 'offline', 'never'),
  lastContactAt: orNull(Time),
  /** Facts that the centre has not acknowledged. */
  waiting: Count,
  oldestWaitingAt: orNull(Time),
  /** Whether every shape has been read to its end at least once. */
  catalogueComplete: Type.Boolean(),
});

export type SyncState = Static<typeof SyncState>;

export const TillSession = Type.Object({
  till: Type.Object({ id: Id, code: Type.String(), name: Type.String() }),
  store: Type.Object({
    id: Id,
    code: Type.String(),
    name: Type.String(),
    address: orNull(Type.String()),
    currency: CurrencyCode,
    timeZone: Type.String(),
    settings: StoreSettings,
  }),
  /** Who is signed in at this till, and whether somebody must be: a store without staff asks nobody. */
  person: orNull(StaffPerson),
  staffed: Type.Boolean(),
  /** A demo node has a virtual dispenser and a button that holds a voucher before it. */
  demo: Type.Boolean(),
  dispensers: Type.Array(Type.Object({ id: Id, name: Type.String(), virtual: Type.Boolean() })),
  sync: SyncState,
  /** What is wrong with the node itself. */
  troubles: Type.Array(Trouble),
  serverTime: Time,
});

export type TillSession = Static<typeof TillSession>;

const TillCode = Type.String({ pattern: '^[A-Z][0-9]{1,4}$' });

export const PairedTill = Type.Object({
  id: Id,
  code: Type.String(),
  name: Type.String(),
  /** Browsers that may call as this till. */
  browsers: Count,
  pairedAt: Time,
  revokedAt: orNull(Time),
});

export type PairedTill = Static<typeof PairedTill>;

export const tillContract = contract({
  pair: {
    method: 'POST',
    path: '/api/v1/tills/pair',
    access: 'public',
    summary:
      'Pair a browser as a till. On the node’s own screen no code is needed; elsewhere a one-time code is. The same code and id again give another token in place of the first.',
    body: Input({ id: Type.Optional(Id), code: Type.Optional(Type.String({ maxLength: 40 })) }),
    output: Type.Object({ token: Type.String(), till: TillSession.properties.till }),
    status: 201,
    refusals: {
      'pairing-code-needed': 403,
      'bad-pairing-code': 403,
      'pairing-code-used': 403,
      'pairing-code-expired': 403,
      'too-many-tries': 429,
    },
  },
  list: {
    method: 'GET',
    path: '/api/v1/tills',
    access: 'staff',
    summary: 'The tills of this node by their codes, those that were withdrawn too.',
    output: Type.Object({ items: Type.Array(PairedTill) }),
  },
  createCode: {
    method: 'POST',
    path: '/api/v1/tills/codes',
    access: 'staff',
    summary: 'A one-time code for one more till, or one more browser of a till; good for a quarter of an hour. Managers only.',
    body: Input({ id: Id, till: Type.Optional(TillCode), name: Type.Optional(Name) }),
    output: Type.Object({
      code: Type.String(),
      till: orNull(Type.String()),
      expiresAt: Time,
      /** Where the till page is, from other machines; none while the node listens to its own machine alone. */
      addresses: Type.Array(Type.String()),
    }),
    status: 201,
    refusals: { 'not-a-manager': 403, 'unknown-till': 404, 'id-reused': 422 },
  },
  revoke: {
    method: 'POST',
    path: '/api/v1/tills/{code}/revoke',
    access: 'staff',
    summary: 'Withdraw a till: its browsers are out at once. Its code and its receipts stay its own. Managers only.',
    params: Input({ code: TillCode }),
    output: PairedTill,
    refusals: { 'not-a-manager': 403, 'unknown-till': 404 },
  },
  session: {
    method: 'GET',
    path: '/api/v1/till',
    access: 'till',
    summary: 'Who and where this till is, and how its node stands.',
    output: TillSession,
    refusals: { 'not-ready': 409 },
  },
  categories: {
    method: 'GET',
    path: '/api/v1/catalogue/categories',
    access: 'till',
    summary: 'Categories, in their order.',
    output: Type.Object({ items: Type.Array(CatalogueCategory) }),
  },
  products: {
    method: 'GET',
    path: '/api/v1/catalogue/products',
    access: 'till',
    summary: 'What can be sold here, by id; only some of it when ids are given.',
    query: pageQueryWith({ ids: Type.Optional(Type.String({ maxLength: 8_000 })) }),
    output: Page(CatalogueProduct),
    refusals: { 'bad-cursor': 422 },
  },
  search: {
    method: 'GET',
    path: '/api/v1/catalogue/search',
    access: 'till',
    summary: 'Products by code, name, prefix or with a slip of the finger, best first.',
    query: Input({
      q: Type.String({ minLength: 1, maxLength: 80 }),
      limit: Type.Optional(Type.String({ pattern: '^\\d{1,2}$' })),
    }),
    output: Type.Object({ items: Type.Array(CatalogueProduct) }),
  },
  events: {
    method: 'GET',
    path: '/api/v1/events',
    access: 'till',
    summary:
      'What changes while a till is open: `catalogue`, `sync`, `stock`, `low-stock`, `voucher`, `session`, `printer`, `print-job`, `device-command`. Server-sent, resumable by Last-Event-ID.',
    query: Input({ token: Type.Optional(Type.String({ maxLength: 200 })) }),
  },
});

/** What travels on the event stream, by event name. */
export interface TillEvents {
  /** Products that changed, or all of them after a catalogue came anew. */
  catalogue: { productIds: string[] | 'all' };
  sync: SyncState;
  /** All that are there now. */
  trouble: Trouble[];
  stock: { productId: string; available: number }[];
  /** Products that have just got low; once for each time. */
  'low-stock': LowStock[];
  voucher: { id: string; saleId: string | null; state: string };
  /** The store, its settings or its people changed: the session is read again. */
  session: Record<never, never>;
  printer: Printer;
  'print-job': PrintJob;
  /** A command to a device got further. */
  'device-command': DeviceCommand;
  /** Held sales changed: the list is read again. */
  drafts: Record<never, never>;
}
