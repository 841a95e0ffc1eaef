// Stock on both sides: movements at the store node; levels and directives at the centre.
import Type, { type Static } from 'typebox';
import { issueMethods } from '../rules/stock-issue.ts';
import { contract } from './contract.ts';
import type { CommandArgs } from './device-command.ts';
import { BroughtLot, LotId } from './goods.ts';
import { Amount, Count, CurrencyCode, Id, Input, oneOf, orNull, Page, pageQueryWith, Time } from './parts.ts';
import { ReadTags } from './tag.ts';

const manualKinds = ['receive', 'return', 'transfer-in', 'transfer-out', 'count', 'waste', 'adjust'] as const;

const Quantity = Type.Integer({ minimum: -1_000_000_000, maximum: 1_000_000_000 });
const ManualKind = oneOf(...manualKinds);

export const MoveStock = Input({
  id: Id,
  productId: Id,
  movement: ManualKind,
  quantity: Quantity,
  reason: Type.Optional(orNull(Type.String({ maxLength: 200 }))),
  ...BroughtLot,
});

export type MoveStock = Static<typeof MoveStock>;

export const AdjustStock = Input({
  id: Id,
  productId: Id,
  quantity: Quantity,
  reason: Type.String({ minLength: 1, maxLength: 200 }),
  /** A manager's approval of what the person may not do alone. */
  approvalId: Type.Optional(Id),
});

export type AdjustStock = Static<typeof AdjustStock>;

export const StockLevel = Type.Object({
  productId: Id,
  /** Null, with what follows, for a product that is not known here. */
  sku: orNull(Type.String()),
  name: orNull(Type.String()),
  unit: orNull(Type.String()),
  /** Decimals that the quantities are counted with: 1500 at a scale of 3 is 1.5 of the unit. */
  quantityScale: orNull(Count),
  onHand: Amount,
  reserved: Amount,
});

export type StockLevel = Static<typeof StockLevel>;

export const LowStock = Type.Object({
  productId: Id,
  sku: Type.String(),
  name: Type.String(),
  quantityScale: Count,
  available: Amount,
  /** At or under this many it is low. */
  threshold: Amount,
});

export type LowStock = Static<typeof LowStock>;

export const StockLot = Type.Object({
  id: LotId,
  productId: Id,
  name: orNull(Type.String()),
  quantityScale: Count,
  /** What came, and what is left. */
  quantity: Count,
  remaining: Count,
  /** Of what came, and of what is left; minor units, null where nobody said. */
  cost: orNull(Amount),
  worth: orNull(Amount),
  lotCode: orNull(Type.String()),
  expiresOn: orNull(Type.String()),
  supplier: orNull(Type.String()),
  occurredAt: Time,
});

export type StockLot = Static<typeof StockLot>;

export const ValuedProduct = Type.Object({
  productId: Id,
  sku: orNull(Type.String()),
  name: orNull(Type.String()),
  quantityScale: Count,
  method: oneOf(...issueMethods),
  onHand: Amount,
  lots: Count,
  /** What the lots with a known cost are worth, in minor units. */
  worth: Amount,
  /** Units whose cost nobody said. */
  unvalued: Count,
});

export type ValuedProduct = Static<typeof ValuedProduct>;

const Movement = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  quantity: Amount,
  occurredAt: Time,
  reason: orNull(Type.String()),
  saleId: orNull(Id),
  documentId: orNull(Id),
  /** What the goods cost, where all of it is known; minor units. */
  cost: orNull(Amount),
});

export type StockMovement = Static<typeof Movement>;

const ProductParams = Input({ productId: Id });
const Days = Type.String({ pattern: '^\\d{1,3}$' });

/** At the store node. */
export const storeStockContract = contract({
  adjust: {
    method: 'POST',
    path: '/api/v1/stock/movements',
    access: 'staff',
    summary: 'Record that there is more or less of a product than the books say.',
    body: AdjustStock,
    output: Type.Object({ id: Id, productId: Id, onHand: Amount, reserved: Amount }),
    status: 201,
    refusals: {
      'unknown-product': 422,
      'wrong-direction': 422,
      'id-reused': 422,
      'not-ready': 409,
      'needs-approval': 409,
    },
  },
  levels: {
    method: 'GET',
    path: '/api/v1/stock',
    access: 'staff',
    summary: 'What is on hand and reserved, by product.',
    query: pageQueryWith({}),
    output: Page(StockLevel),
    refusals: { 'bad-cursor': 422 },
  },
  low: {
    method: 'GET',
    path: '/api/v1/stock/low',
    access: 'staff',
    summary: 'Products at or under their threshold, the lowest first.',
    output: Type.Object({ items: Type.Array(LowStock) }),
    refusals: { 'not-ready': 409 },
  },
  expiring: {
    method: 'GET',
    path: '/api/v1/stock/expiring',
    access: 'staff',
    summary: 'Lots that expire within so many days, or have; the first to expire first.',
    query: Input({ days: Type.Optional(Days) }),
    output: Type.Object({ items: Type.Array(StockLot) }),
    refusals: { 'not-ready': 409 },
  },
  valuation: {
    method: 'GET',
    path: '/api/v1/stock/valuation',
    access: 'staff',
    summary: 'What the stock is worth at the cost of its lots, by product.',
    query: pageQueryWith({}),
    output: Type.Object({ ...Page(ValuedProduct).properties, currency: CurrencyCode, worth: Amount, unvalued: Count }),
    refusals: { 'bad-cursor': 422, 'not-ready': 409 },
  },
  lots: {
    method: 'GET',
    path: '/api/v1/stock/{productId}/lots',
    access: 'staff',
    summary: 'The lots of a product that have some left, in the order in which they leave.',
    params: ProductParams,
    output: Type.Object({ method: oneOf(...issueMethods), items: Type.Array(StockLot) }),
  },
  movements: {
    method: 'GET',
    path: '/api/v1/stock/{productId}/movements',
    access: 'staff',
    summary: 'The movements of a product, newest first.',
    params: ProductParams,
    query: pageQueryWith({}),
    output: Page(Movement),
    refusals: { 'bad-cursor': 422 },
  },
});

export const Directive = Type.Object({
  directiveId: Id,
  state: oneOf('sent', 'done', 'refused'),
});

const StoreParams = Input({ storeId: Id });

export const LowStockAlert = Type.Object({
  storeId: Id,
  storeCode: Type.String(),
  productId: Id,
  sku: orNull(Type.String()),
  name: orNull(Type.String()),
  /** What was available at the crossing, and is now. */
  availableThen: Amount,
  available: Amount,
  threshold: Amount,
  openedAt: Time,
  /** When it was above the threshold again. */
  overAt: orNull(Time),
});

export type LowStockAlert = Static<typeof LowStockAlert>;

/** At the centre. What it wants done in a store is a directive, answered 202; the fact that it was done comes up later. */
export const inventoryContract = contract({
  lowStockAlerts: {
    method: 'GET',
    path: '/api/v1/inventory/low-stock-alerts',
    access: { can: 'stock.read' },
    summary: 'Products that are low, by store, newest first: one alert from the crossing until it is over.',
    query: pageQueryWith({ storeId: Type.Optional(Id), state: Type.Optional(oneOf('open', 'over')) }),
    output: Page(LowStockAlert),
    refusals: { 'bad-cursor': 422 },
  },
  trackTags: {
    method: 'POST',
    path: '/api/v1/inventory/rfid-track',
    access: { can: 'stock.write' },
    summary: 'Hand a store what a reader saw at a place. Answered 202: the store compares and moves when the directive arrives.',
    body: Input({ ...ReadTags.properties, storeId: Id }),
    output: Directive,
    status: 202,
    refusals: { 'unknown-store': 404, 'id-reused': 422 },
  },
  valuation: {
    method: 'GET',
    path: '/api/v1/inventory/{storeId}/valuation',
    access: { can: 'stock.read' },
    summary: 'What a store’s stock is worth at the cost of its lots, by product.',
    params: StoreParams,
    query: pageQueryWith({}),
    output: Type.Object({ ...Page(ValuedProduct).properties, currency: CurrencyCode, worth: Amount, unvalued: Count }),
    refusals: { 'unknown-store': 404, 'bad-cursor': 422 },
  },
  lots: {
    method: 'GET',
    path: '/api/v1/inventory/{storeId}/lots',
    access: { can: 'stock.read' },
    summary:
      'The lots of a store that have some left, by product in order of arrival; or those that expire up to a day, first to expire first.',
    params: StoreParams,
    query: pageQueryWith({ productId: Type.Optional(Id), expiresUntil: Type.Optional(Type.String({ format: 'date' })) }),
    output: Page(StockLot),
    refusals: { 'unknown-store': 404, 'bad-cursor': 422 },
  },
  levels: {
    method: 'GET',
    path: '/api/v1/inventory/{storeId}',
    access: { can: 'stock.read' },
    summary: 'What a store has, by its facts.',
    params: StoreParams,
    query: pageQueryWith({}),
    output: Page(StockLevel),
    refusals: { 'unknown-store': 404, 'bad-cursor': 422 },
  },
  movements: {
    method: 'GET',
    path: '/api/v1/inventory/{storeId}/{productId}/movements',
    access: { can: 'stock.read' },
    summary: 'The movements of one product in one store, newest first.',
    params: Input({ storeId: Id, productId: Id }),
    query: pageQueryWith({}),
    output: Page(Movement),
    refusals: { 'unknown-store': 404, 'bad-cursor': 422 },
  },
  direct: {
    method: 'POST',
    path: '/api/v1/inventory/stock-movement',
    access: { can: 'stock.write' },
    summary: 'Ask a store to record a movement. Answered 202: the store does it when the directive arrives.',
    body: Input({ ...MoveStock.properties, storeId: Id }),
    output: Directive,
    status: 202,
    refusals: { 'unknown-store': 404, 'unknown-product': 422, 'wrong-direction': 422, 'id-reused': 422 },
  },
  mintVoucher: {
    method: 'POST',
    path: '/api/v1/qr-codes/generate',
    access: { can: 'voucher.issue' },
    summary: 'Ask a store’s node, which alone mints, for a voucher of a dispensable product. Answered 202.',
    body: Input({ id: Id, storeId: Id, productId: Id }),
    output: Directive,
    status: 202,
    refusals: { 'unknown-store': 404, 'unknown-product': 422, 'not-dispensable': 422, 'id-reused': 422 },
  },
  directive: {
    method: 'GET',
    path: '/api/v1/directives/{id}',
    access: { can: 'stock.read' },
    summary: 'What became of a directive.',
    params: Input({ id: Id }),
    output: Type.Object({
      ...Directive.properties,
      storeId: Id,
      kind: Type.String(),
      issuedAt: Time,
      answeredAt: orNull(Time),
      code: orNull(Type.String()),
      detail: orNull(Type.String()),
    }),
    refusals: { 'unknown-directive': 404 },
  },
});

/** What stands in a directive's body, by kind; the node reads it, the centre writes it. */
export interface DirectiveBodies {
  'stock.move': {
    movementId: string;
    productId: string;
    movement: (typeof manualKinds)[number];
    quantity: number;
    reason: string | null;
    cost: number | null;
    lotCode: string | null;
    expiresOn: string | null;
  };
  'stock.reserve': { reservationId: string; productId: string; quantity: number; expiresAt: number | null };
  'stock.release': { reservationId: string };
  'tags.track': { readId: string; place: string; effect: 'compare' | 'move'; tags: string[] };
  /** All or none; `replaces` names the voucher that was for the same unit before. */
  'voucher.mint': { units: { voucherId: string; productId: string; replaces: string | null }[] };
  'customer.erase': { customerId: string };
  'device.command': { commandId: string; deviceId: string; command: string; args: CommandArgs; expiresAt: number };
}

export type DirectiveKind = keyof DirectiveBodies;
