// Stock on both sides: movements at the store node; levels and directives at the centre.
import Type, { type Static } from 'typebox';
import { contract } from './contract.ts';
import { Amount, Id, Input, oneOf, orNull, Page, pageQueryWith, Time } from './parts.ts';

const manualKinds = ['receive', 'return', 'transfer-in', 'transfer-out', 'count', 'waste', 'adjust'] as const;

const Quantity = Type.Integer({ minimum: -1_000_000_000, maximum: 1_000_000_000 });
const ManualKind = oneOf(...manualKinds);

export const MoveStock = Input({
  id: Id,
  productId: Id,
  movement: ManualKind,
  quantity: Quantity,
  reason: Type.Optional(orNull(Type.String({ maxLength: 200 }))),
});

export type MoveStock = Static<typeof MoveStock>;

export const StockLevel = Type.Object({
  productId: Id,
  sku: orNull(Type.String()),
  name: orNull(Type.String()),
  onHand: Amount,
  reserved: Amount,
});

export type StockLevel = Static<typeof StockLevel>;

/** At the store node. */
export const storeStockContract = contract({
  move: {
    method: 'POST',
    path: '/api/v1/stock/movements',
    access: 'till',
    summary: 'Record that goods came, went or were found to differ.',
    body: MoveStock,
    output: Type.Object({ id: Id, productId: Id, onHand: Amount, reserved: Amount }),
    status: 201,
    refusals: { 'unknown-product': 422, 'wrong-direction': 422, 'id-reused': 422, 'not-ready': 409 },
  },
  levels: {
    method: 'GET',
    path: '/api/v1/stock',
    access: 'till',
    summary: 'What is on hand and reserved, by product.',
    query: pageQueryWith({}),
    output: Page(StockLevel),
    refusals: { 'bad-cursor': 422 },
  },
});

export const Directive = Type.Object({
  directiveId: Id,
  state: oneOf('sent', 'done', 'refused'),
});

const StoreParams = Input({ storeId: Id });

/** At the centre. What it wants done in a store is a directive, answered 202; the fact that it was done comes up later. */
export const inventoryContract = contract({
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
    output: Page(
      Type.Object({
        id: Id,
        kind: Type.String(),
        quantity: Amount,
        occurredAt: Time,
        reason: orNull(Type.String()),
        saleId: orNull(Id),
      }),
    ),
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
  };
  'voucher.mint': { voucherId: string; productId: string };
}

export type DirectiveKind = keyof DirectiveBodies;
