// Stocktakes at a store: opened, counted by scanner at any till, looked at, and finished into one fact. All of it works offline.
import Type, { type Static } from 'typebox';
import { countMachine, entryKinds } from '../rules/stock-count.ts';
import { contract } from './contract.ts';
import { Amount, Count, Id, IdParams, Input, Name, oneOf, orNull, Time } from './parts.ts';

export const OpenCount = Input({
  id: Id,
  name: Name,
  /** Only what belongs to this category or one under it; null for everything. */
  categoryId: Type.Optional(orNull(Id)),
  /** Those who count are not shown what the books say until they have counted. */
  blind: Type.Boolean(),
});

export type OpenCount = Static<typeof OpenCount>;

export const CountScan = Input({
  id: Id,
  /** A scanned or typed code: a barcode or a SKU. */
  code: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
  productId: Type.Optional(Id),
  kind: oneOf(...entryKinds),
  /** What was counted, in units of the scale; a scan that is taken back is negative. */
  quantity: Type.Integer({ minimum: -1_000_000_000, maximum: 1_000_000_000 }),
});

export type CountScan = Static<typeof CountScan>;

const CountedLine = Type.Object({
  productId: Id,
  name: orNull(Type.String()),
  quantityScale: Count,
  counted: Amount,
  /** Left out of a blind count until it is looked at. */
  expected: Type.Optional(Amount),
  difference: Type.Optional(Amount),
  /** Sold or moved while it was being counted: count it again. */
  movedMeanwhile: Type.Optional(Amount),
  /** What the difference is worth at its lots' cost; null where that is not known. */
  cost: Type.Optional(orNull(Amount)),
});

export const StockCount = Type.Object({
  id: Id,
  name: Type.String(),
  categoryId: orNull(Id),
  blind: Type.Boolean(),
  state: oneOf(...countMachine.states),
  /** The steps that are possible from here. */
  next: Type.Array(oneOf(...countMachine.events)),
  startedAt: Time,
  /** Of the products that it is about, how many have been counted. */
  products: Count,
  counted: Count,
  lines: Type.Array(CountedLine),
});

export type StockCount = Static<typeof StockCount>;

const CountSummary = Type.Omit(StockCount, ['lines']);

export type CountSummary = Static<typeof CountSummary>;

const stepRefusals = { 'unknown-count': 404, 'illegal-step': 409 } as const;

export const countContract = contract({
  open: {
    method: 'POST',
    path: '/api/v1/stock/counts',
    access: 'staff',
    summary: 'Open a stocktake.',
    body: OpenCount,
    output: StockCount,
    status: 201,
    refusals: { 'unknown-category': 422, 'id-reused': 422 },
  },
  list: {
    method: 'GET',
    path: '/api/v1/stock/counts',
    access: 'staff',
    summary: 'Stocktakes that are not finished, newest first.',
    output: Type.Object({ items: Type.Array(CountSummary) }),
  },
  show: {
    method: 'GET',
    path: '/api/v1/stock/counts/{id}',
    access: 'staff',
    summary: 'What has been counted so far, and once looked at, the differences.',
    params: IdParams,
    output: StockCount,
    refusals: { 'unknown-count': 404 },
  },
  scan: {
    method: 'POST',
    path: '/api/v1/stock/counts/{id}/entries',
    access: 'staff',
    summary: 'A scan or a typed number. The same id again counts once.',
    params: IdParams,
    body: CountScan,
    output: CountedLine,
    status: 201,
    refusals: { ...stepRefusals, 'unknown-product': 422, 'not-in-count': 422, 'below-zero': 422, 'id-reused': 422 },
  },
  review: {
    method: 'POST',
    path: '/api/v1/stock/counts/{id}/review',
    access: 'staff',
    summary: 'Look at the differences; nothing is counted meanwhile.',
    params: IdParams,
    output: StockCount,
    refusals: { ...stepRefusals, 'nothing-counted': 409 },
  },
  recount: {
    method: 'POST',
    path: '/api/v1/stock/counts/{id}/recount',
    access: 'staff',
    summary: 'Go on counting.',
    params: IdParams,
    output: StockCount,
    refusals: stepRefusals,
  },
  finish: {
    method: 'POST',
    path: '/api/v1/stock/counts/{id}/finish',
    access: 'staff',
    summary: 'Take the differences into the books. What was not counted stays as it is.',
    params: IdParams,
    body: Input({ approvalId: Type.Optional(Id) }),
    output: StockCount,
    refusals: { ...stepRefusals, 'needs-approval': 409, 'not-ready': 409 },
  },
  cancel: {
    method: 'POST',
    path: '/api/v1/stock/counts/{id}/cancel',
    access: 'staff',
    summary: 'Throw the stocktake away; stock stays as it is.',
    params: IdParams,
    output: StockCount,
    refusals: stepRefusals,
  },
});
