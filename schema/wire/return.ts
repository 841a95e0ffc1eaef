// Goods that come back to a till: what a receipt still allows, and the return itself.
import Type, { type Static } from 'typebox';
import { tenderMethods } from '../rules/tender.ts';
import { contract } from './contract.ts';
import { Amount, Count, CurrencyCode, Id, IdParams, Input, oneOf, orNull, Positive, Time } from './parts.ts';
import { AcceptRisk, clearingRefusals } from './voucher.ts';

const Reason = Type.String({ minLength: 1, maxLength: 120 });

export const ReturnableSale = Type.Object({
  storeId: Id,
  saleId: Id,
  receipt: Type.String(),
  businessDate: Type.String(),
  occurredAt: Time,
  currency: CurrencyCode,
  total: Amount,
  /** What rounding of its cash gave or took. */
  rounding: Amount,
  lines: Type.Array(
    Type.Object({
      lineId: Id,
      productId: Id,
      name: Type.String(),
      quantity: Count,
      quantityScale: Count,
      /** What was not poured never left the stock. */
      dispensable: Type.Boolean(),
      net: Amount,
      taxRate: Count,
      taxAmount: Amount,
      total: Amount,
      returned: Count,
      /** Poured, or in doubt: they do not come back. */
      vouchersUsed: Count,
      /** Not used yet: the return cancels them before money goes back. */
      vouchersOpen: Count,
    }),
  ),
  tenders: Type.Array(Type.Object({ method: oneOf(...tenderMethods), amount: Amount, refunded: Amount })),
  /** Given back in cash before, without rounding. */
  cashBefore: Amount,
});

export type ReturnableSale = Static<typeof ReturnableSale>;

/** A receipt of another store of the chain; what comes from a dispenser goes back where it was bought. */
const ForeignReceipt = Type.Object({ storeName: Type.String(), sale: ReturnableSale });

export type ForeignReceipt = Static<typeof ForeignReceipt>;

const Receipt = Type.String({ minLength: 1, maxLength: 40 });

export const TakeReturn = Input({
  id: Id,
  /** Of the receipt, where it is another store's: numbers are a store's own. */
  storeId: Type.Optional(Id),
  receipt: Receipt,
  lines: Type.Array(Input({ lineId: Id, quantity: Positive, restock: Type.Boolean() }), { minItems: 1, maxItems: 500 }),
  /** What the customer was told, before rounding of cash. If the node computes another, nothing comes back and the till hears it. */
  total: Count,
  refunds: Type.Array(
    Input({
      refundId: Id,
      method: oneOf('cash', 'card'),
      /** What it pays of the total; cash is rounded by the node. */
      amount: Count,
      /** The terminal's receipt number. */
      reference: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
    }),
    { minItems: 1, maxItems: 4 },
  ),
  reason: Reason,
  approvalId: Type.Optional(Id),
  acceptRisk: AcceptRisk,
});

export type TakeReturn = Static<typeof TakeReturn>;

export const SaleReturn = Type.Object({
  id: Id,
  receipt: Type.String(),
  original: Type.Object({ storeId: Id, saleId: Id, receipt: Type.String() }),
  tillId: Id,
  staffId: orNull(Id),
  businessDate: Type.String(),
  occurredAt: Time,
  currency: CurrencyCode,
  lines: Type.Array(
    Type.Object({
      lineId: Id,
      productId: Id,
      name: Type.String(),
      quantity: Count,
      quantityScale: Count,
      net: Amount,
      taxRate: Count,
      tax: Amount,
      total: Amount,
      restock: Type.Boolean(),
    }),
  ),
  net: Amount,
  tax: Amount,
  total: Amount,
  rounding: Amount,
  refunds: Type.Array(
    Type.Object({ refundId: Id, method: oneOf(...tenderMethods), amount: Amount, reference: orNull(Type.String()) }),
  ),
  reason: Type.String(),
});

export type SaleReturn = Static<typeof SaleReturn>;

export const returnContract = contract({
  find: {
    method: 'GET',
    path: '/api/v1/receipts/{receipt}',
    access: 'staff',
    summary: 'A sale by its receipt number, with what of it may still come back.',
    params: Input({ receipt: Receipt }),
    output: ReturnableSale,
    refusals: { 'unknown-receipt': 404 },
  },
  elsewhere: {
    method: 'GET',
    path: '/api/v1/receipts/{receipt}/elsewhere',
    access: 'staff',
    summary: 'Sales of other stores with this receipt number, as the centre knows them now.',
    params: Input({ receipt: Receipt }),
    output: Type.Object({ items: Type.Array(ForeignReceipt) }),
    refusals: { 'centre-unreachable': 409 },
  },
  take: {
    method: 'POST',
    path: '/api/v1/returns',
    access: 'staff',
    summary: 'Take goods back and give money back; answered when it is on disk. The same id again gives the same return.',
    body: TakeReturn,
    output: SaleReturn,
    status: 201,
    refusals: {
      'unknown-receipt': 404,
      'centre-unreachable': 409,
      'unknown-line': 422,
      'repeated-line': 422,
      'bad-quantity': 422,
      'returned-already': 409,
      'voucher-used': 409,
      ...clearingRefusals,
      'wrong-total': 409,
      'bad-refund': 422,
      'no-shift': 409,
      'id-reused': 422,
      'not-ready': 409,
    },
  },
  show: {
    method: 'GET',
    path: '/api/v1/returns/{id}',
    access: 'staff',
    summary: 'One return with its lines and refunds.',
    params: IdParams,
    output: SaleReturn,
    refusals: { 'unknown-return': 404 },
  },
});

const WantedLine = Input({ lineId: Id, quantity: Positive });

/** Between nodes and the centre, so that of two stores that take the same goods back one does. */
export const returnSyncContract = contract({
  find: {
    method: 'GET',
    path: '/sync/receipts/{receipt}',
    access: 'node',
    summary: 'Sales of other stores with this receipt number, with what of them may still come back.',
    params: Input({ receipt: Receipt }),
    output: Type.Object({ items: Type.Array(ForeignReceipt) }),
  },
  reserve: {
    method: 'PUT',
    path: '/sync/return-reservations/{id}',
    access: 'node',
    summary:
      'Keep what is about to come back for this return, before money goes out. The same id again takes the place of the first. A sale that the centre does not know yet is nobody else’s.',
    params: IdParams,
    body: Input({ storeId: Id, saleId: Id, lines: Type.Array(WantedLine, { minItems: 1, maxItems: 500 }) }),
    output: Type.Object({ known: Type.Boolean() }),
    refusals: { 'returned-already': 409 },
  },
  release: {
    method: 'DELETE',
    path: '/sync/return-reservations/{id}',
    access: 'node',
    summary: 'The return was not taken after all.',
    params: IdParams,
    output: Type.Object({ released: Type.Boolean() }),
  },
});
