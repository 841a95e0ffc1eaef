// Goods that come and go at a store: deliveries with their lots, drafts of them, transfers between stores, waste; and what was told of each.
import Type, { type Static } from 'typebox';
import { wasteReasons } from '../rules/stock.ts';
import { contract } from './contract.ts';
import { Amount, Count, CurrencyCode, Id, IdParams, Input, oneOf, orNull, Page, pageQueryWith, Time } from './parts.ts';

/** Units of the product's scale. */
export const GoodsQuantity = Type.Integer({ minimum: 1, maximum: 1_000_000_000 });

const Text = Type.String({ minLength: 1, maxLength: 120 });
const Note = Type.String({ minLength: 1, maxLength: 400 });
const Day = Type.String({ format: 'date' });
/** A lot is named by the movement that brought it. */
export const LotId = Type.String({ pattern: '^\\d+\\.\\d+\\.\\d+$', maxLength: 50 });

/** What goods bring along when they come in. */
export const BroughtLot = {
  /** Minor units for all of the line. */
  cost: Type.Optional(orNull(Count)),
  lotCode: Type.Optional(orNull(Type.String({ minLength: 1, maxLength: 60 }))),
  expiresOn: Type.Optional(orNull(Day)),
};

const lines = <T extends Type.TSchema>(line: T) => Type.Array(line, { minItems: 1, maxItems: 500 });

const DeliveryLine = Input({
  lineId: Id,
  productId: Id,
  quantity: GoodsQuantity,
  /** What the supplier's note says should have come. */
  expected: Type.Optional(orNull(Count)),
  ...BroughtLot,
});

export const ReceiveGoods = Input({
  id: Id,
  supplier: Type.Optional(orNull(Text)),
  document: Type.Optional(orNull(Text)),
  /** Said when the same note is received again on purpose, as with a second part of a delivery. */
  sameDocument: Type.Optional(Type.Boolean()),
  note: Type.Optional(orNull(Note)),
  lines: lines(DeliveryLine),
});

export type ReceiveGoods = Static<typeof ReceiveGoods>;

export const TransferGoods = Input({
  id: Id,
  direction: oneOf('in', 'out'),
  otherStore: Text,
  document: Type.Optional(orNull(Text)),
  note: Type.Optional(orNull(Note)),
  lines: lines(
    Input({
      lineId: Id,
      productId: Id,
      quantity: GoodsQuantity,
      lotId: Type.Optional(orNull(LotId)),
      ...BroughtLot,
    }),
  ),
});

export type TransferGoods = Static<typeof TransferGoods>;

export const WasteGoods = Input({
  id: Id,
  reason: oneOf(...wasteReasons),
  note: Type.Optional(orNull(Note)),
  lines: lines(Input({ lineId: Id, productId: Id, quantity: GoodsQuantity, lotId: Type.Optional(orNull(LotId)) })),
  /** A manager's approval of what the person may not do alone. */
  approvalId: Type.Optional(Id),
});

export type WasteGoods = Static<typeof WasteGoods>;

/** A delivery as somebody began to write it down: the same as when it is received, but nothing must be there yet. */
export const DeliveryDraft = Input({
  supplier: Type.Optional(orNull(Text)),
  document: Type.Optional(orNull(Text)),
  note: Type.Optional(orNull(Note)),
  lines: Type.Array(Input({ ...DeliveryLine.properties, quantity: orNull(Count) }), { maxItems: 500 }),
});

export type DeliveryDraft = Static<typeof DeliveryDraft>;

const SavedDraft = Type.Object({ id: Id, savedAt: Time, tillId: Id, staffId: orNull(Id), content: DeliveryDraft });

export type SavedDraft = Static<typeof SavedDraft>;

export const documentKinds = ['delivery', 'transfer-in', 'transfer-out', 'waste', 'count', 'tags'] as const;

export const GoodsDocument = Type.Object({
  id: Id,
  kind: oneOf(...documentKinds),
  occurredAt: Time,
  staffId: orNull(Id),
  /** The supplier or the other store. */
  party: orNull(Type.String()),
  document: orNull(Type.String()),
  /** The words for it: a waste's reason, a count's name, a reader's place. */
  subject: orNull(Type.String()),
  note: orNull(Type.String()),
  approvedBy: orNull(Id),
  currency: orNull(CurrencyCode),
  /** What moved, where all of it is known; minor units. */
  cost: orNull(Amount),
  lines: Type.Array(
    Type.Object({
      productId: Id,
      name: orNull(Type.String()),
      quantityScale: Count,
      /** Signed: what came in is positive. */
      quantity: Amount,
      /** What a note or the books said there should be. */
      expected: orNull(Amount),
      cost: orNull(Amount),
      lotCode: orNull(Type.String()),
      expiresOn: orNull(Type.String()),
      /** On hand now. */
      onHand: Amount,
    }),
  ),
});

export type GoodsDocument = Static<typeof GoodsDocument>;

const lineRefusals = { 'unknown-product': 422, 'repeated-line': 422, 'id-reused': 422, 'not-ready': 409 } as const;

export const goodsContract = contract({
  receive: {
    method: 'POST',
    path: '/api/v1/stock/deliveries',
    access: 'staff',
    summary: 'Goods came from a supplier: each line is a lot. A draft of the same id is done with.',
    body: ReceiveGoods,
    output: GoodsDocument,
    status: 201,
    refusals: { ...lineRefusals, 'document-used': 409 },
  },
  transfer: {
    method: 'POST',
    path: '/api/v1/stock/transfers',
    access: 'staff',
    summary: 'Goods left for another store, or came from one.',
    body: TransferGoods,
    output: GoodsDocument,
    status: 201,
    refusals: { ...lineRefusals, 'unknown-lot': 422, 'not-of-direction': 422, 'out-of-stock': 409 },
  },
  waste: {
    method: 'POST',
    path: '/api/v1/stock/waste',
    access: 'staff',
    summary: 'Goods were thrown away or lost.',
    body: WasteGoods,
    output: GoodsDocument,
    status: 201,
    refusals: { ...lineRefusals, 'unknown-lot': 422, 'needs-approval': 409 },
  },
  documents: {
    method: 'GET',
    path: '/api/v1/stock/documents',
    access: 'staff',
    summary: 'Deliveries, transfers, waste, counts and reads of tags, newest first.',
    query: pageQueryWith({ kind: Type.Optional(oneOf(...documentKinds)) }),
    output: Page(GoodsDocument),
    refusals: { 'bad-cursor': 422 },
  },
  document: {
    method: 'GET',
    path: '/api/v1/stock/documents/{id}',
    access: 'staff',
    summary: 'One of them, with its lines.',
    params: IdParams,
    output: GoodsDocument,
    refusals: { 'unknown-document': 404 },
  },
  saveDraft: {
    method: 'PUT',
    path: '/api/v1/stock/drafts/{id}',
    access: 'staff',
    summary: 'Keep a delivery that is not written down to its end; any till goes on with it.',
    params: IdParams,
    body: DeliveryDraft,
    output: SavedDraft,
    refusals: { 'already-received': 409 },
  },
  drafts: {
    method: 'GET',
    path: '/api/v1/stock/drafts',
    access: 'staff',
    summary: 'Deliveries that somebody began to write down, newest first.',
    output: Type.Object({ items: Type.Array(SavedDraft) }),
  },
  discardDraft: {
    method: 'DELETE',
    path: '/api/v1/stock/drafts/{id}',
    access: 'staff',
    summary: 'Throw a draft away.',
    params: IdParams,
    output: Type.Object({ id: Id }),
    refusals: { 'unknown-draft': 404 },
  },
});
