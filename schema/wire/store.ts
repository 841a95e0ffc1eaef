// Stores at the centre, and the one-time codes by which their nodes enrol.
import Type, { type Static } from 'typebox';
import { storeLanguages } from '../rules/settings.ts';
import { contract } from './contract.ts';
import { Count, CurrencyCode, Id, IdParams, Input, Name, oneOf, orNull, Page, Positive, pageQueryWith, Time } from './parts.ts';

const Code = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{1,30}$' });
const Language = oneOf(...storeLanguages);
const Environment = oneOf('prod', 'demo', 'master');

const LabelPattern = Input({
  prefix: Type.String({ pattern: '^2\\d?$|^02$' }),
  carries: oneOf('price', 'weight'),
  itemDigits: Type.Integer({ minimum: 1, maximum: 8 }),
  priceCheck: Type.Boolean(),
  decimals: Type.Integer({ minimum: 0, maximum: 3 }),
});

const ReceiptText = orNull(Type.String({ maxLength: 400 }));

/** What each means stands with its standard in rules/settings.ts. */
export const StoreSettings = Input({
  cashStep: orNull(Positive),
  cutOverHour: Type.Integer({ minimum: 0, maximum: 12 }),
  offlineQris: oneOf('off', 'unverified'),
  qrisStatic: orNull(Type.String({ minLength: 1, maxLength: 512 })),
  cardTerminal: Type.Boolean(),
  tips: Type.Boolean(),
  discountLimit: Input({ percent: orNull(Type.Integer({ minimum: 0, maximum: 10_000 })), amount: orNull(Count) }),
  refundLimit: Count,
  returnDays: orNull(Type.Integer({ minimum: 0, maximum: 3_650 })),
  requireShift: Type.Boolean(),
  autoLockMinutes: orNull(Type.Integer({ minimum: 1, maximum: 240 })),
  receiptHeader: ReceiptText,
  receiptFooter: ReceiptText,
  languages: Type.Array(Language, { minItems: 1, maxItems: storeLanguages.length, uniqueItems: true }),
  voucherMinutes: Type.Integer({ minimum: 1, maximum: 1_440 }),
  lowStockAt: orNull(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
  expiringDays: Type.Integer({ minimum: 0, maximum: 365 }),
  awayHours: orNull(Type.Integer({ minimum: 1, maximum: 8_784 })),
  labelPatterns: Type.Array(LabelPattern, { maxItems: 10 }),
});

const ChangeSettings = Type.Partial(StoreSettings, { additionalProperties: false, minProperties: 1 });

export type ChangeSettings = Static<typeof ChangeSettings>;

export const Store = Type.Object({
  id: Id,
  code: Code,
  name: Name,
  country: Type.String(),
  currency: CurrencyCode,
  timeZone: Type.String(),
  address: orNull(Type.String()),
  environment: Environment,
  settings: StoreSettings,
  createdAt: Time,
  node: orNull(Type.Object({ id: Id, lastSeenAt: orNull(Time), waiting: orNull(Count) })),
});

export type Store = Static<typeof Store>;

export const nodeStates = ['live', 'revoked'] as const;

/** A machine that speaks, or spoke, for a store: revoked ones are kept, with what they sent. */
export const StoreNode = Type.Object({
  id: Id,
  name: Type.String(),
  state: oneOf(...nodeStates),
  enrolledAt: Time,
  revokedAt: orNull(Time),
  lastSeenAt: orNull(Time),
  version: orNull(Type.String()),
});

export type StoreNode = Static<typeof StoreNode>;

export const storeContract = contract({
  list: {
    method: 'GET',
    path: '/api/v1/stores',
    access: { can: 'store.read' },
    summary: 'Stores by code.',
    query: pageQueryWith({}),
    output: Page(Store),
    refusals: { 'bad-cursor': 422 },
  },
  show: {
    method: 'GET',
    path: '/api/v1/stores/{id}',
    access: { can: 'store.read' },
    summary: 'One store.',
    params: IdParams,
    output: Store,
    refusals: { 'unknown-store': 404 },
  },
  create: {
    method: 'POST',
    path: '/api/v1/stores',
    access: { can: 'store.write' },
    summary: 'Add a store.',
    body: Input({
      id: Id,
      code: Code,
      name: Name,
      country: Type.String({ pattern: '^[A-Z]{2}$' }),
      currency: CurrencyCode,
      timeZone: Type.String({ maxLength: 60 }),
      /** Its own; the others are offered beside it. */
      language: Language,
      address: Type.Optional(orNull(Type.String({ maxLength: 300 }))),
      environment: Type.Optional(Environment),
      settings: Type.Optional(Type.Partial(Type.Omit(StoreSettings, ['languages']), { additionalProperties: false })),
    }),
    output: Store,
    status: 201,
    refusals: { 'code-taken': 409, 'bad-setting': 422, 'unknown-currency': 422, 'unknown-time-zone': 422, 'id-reused': 422 },
  },
  settings: {
    method: 'GET',
    path: '/api/v1/stores/{id}/settings',
    access: { can: 'store.read' },
    summary: 'Every setting of a store.',
    params: IdParams,
    output: StoreSettings,
    refusals: { 'unknown-store': 404 },
  },
  changeSettings: {
    method: 'PUT',
    path: '/api/v1/stores/{id}/settings',
    access: { can: 'store.write' },
    summary: 'Change what is given of a store’s settings; its tills have it in about a second.',
    params: IdParams,
    body: ChangeSettings,
    output: StoreSettings,
    refusals: { 'unknown-store': 404, 'bad-setting': 422 },
  },
  createEnrolmentCode: {
    method: 'POST',
    path: '/api/v1/stores/{id}/enrolment-codes',
    access: { can: 'store.write' },
    summary: 'A one-time code for the store’s node, valid for a day.',
    params: IdParams,
    output: Type.Object({ code: Type.String(), expiresAt: Time }),
    status: 201,
    refusals: { 'unknown-store': 404 },
  },
  nodes: {
    method: 'GET',
    path: '/api/v1/stores/{id}/nodes',
    access: { can: 'store.read' },
    summary: 'The machines that were the store’s node, newest first.',
    params: IdParams,
    output: Type.Object({ items: Type.Array(StoreNode) }),
    refusals: { 'unknown-store': 404 },
  },
  revokeNode: {
    method: 'POST',
    path: '/api/v1/stores/{id}/node/revocation',
    access: { can: 'store.write' },
    summary: 'Shut the store’s machine out: nothing that it sends or asks is answered any more. Once more is the same as once.',
    params: IdParams,
    /** Named, so that nobody shuts out the machine that has just replaced the one they meant. */
    body: Input({ nodeId: Id }),
    output: StoreNode,
    refusals: { 'unknown-node': 404 },
  },
});
