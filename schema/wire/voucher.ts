// Vouchers at the store node: one a paid dispensable unit; the code in the QR is a key to goods, shown only to tills.
import Type, { type Static } from 'typebox';
import { resolutions, type VoucherCase } from '../rules/voucher.ts';
import { contract } from './contract.ts';
import { Count, Id, IdParams, Input, oneOf, orNull, Page, pageQueryWith, Time } from './parts.ts';

export const voucherStates = ['open', 'dispensed', 'failed', 'uncertain', 'expired', 'voided'] as const;

export const Voucher = Type.Object({
  id: Id,
  saleId: orNull(Id),
  lineId: orNull(Id),
  productId: Id,
  productName: Type.String(),
  dispenserId: Id,
  dispenserName: Type.String(),
  serial: Count,
  state: oneOf(...voucherStates),
  expiresAt: Time,
  /** `SD1:…`, what the QR says; null when its dispenser is no longer paired with this node. */
  code: orNull(Type.String()),
});

export type Voucher = Static<typeof Voucher>;

/** In a list: without its code, and with the receipt that it was sold on. */
const ListedVoucher = Type.Object({ ...Type.Omit(Voucher, ['code']).properties, receipt: orNull(Type.String()) });

export type ListedVoucher = Static<typeof ListedVoucher>;

const voucherCases = [
  'expired',
  'voided',
  'failed',
  'uncertain',
  'poured-twice',
  'poured-refunded',
] as const satisfies VoucherCase[];

/** One that waits for a person, and what may be done about it; a refund is a return of its receipt. */
const VoucherCaseView = Type.Object({
  ...ListedVoucher.properties,
  what: oneOf(...voucherCases),
  may: Type.Array(oneOf('again', 'refund', ...resolutions)),
});

export type VoucherCaseView = Static<typeof VoucherCaseView>;

/** Where the dispenser cannot be asked whether anything came out: given at all, the risk is taken, by a manager or with one's approval. */
export const AcceptRisk = Type.Optional(Input({ approvalId: Type.Optional(Id) }));

const ResolveVoucher = Input({
  as: oneOf(...resolutions),
  /** What was seen. */
  reason: Type.String({ minLength: 1, maxLength: 120 }),
  approvalId: Type.Optional(Id),
});

export type ResolveVoucher = Static<typeof ResolveVoucher>;

/** Why a voucher cannot be cleared of pouring. */
export const clearingRefusals = { 'voucher-in-use': 409, 'dispenser-unreachable': 409, 'needs-approval': 409 } as const;

const mintRefusals = { 'no-dispenser': 409, 'too-many-vouchers': 409, 'serials-used-up': 409 } as const;

export const Validation = Type.Object({ valid: Type.Literal(true), voucher: Voucher });

export const voucherContract = contract({
  generate: {
    method: 'POST',
    path: '/api/v1/qr-codes/generate',
    access: 'staff',
    summary: 'The vouchers that a paid line is owed: the open ones, and new ones for units that expired or failed.',
    body: Input({ saleId: Id, lineId: Id, acceptRisk: AcceptRisk }),
    output: Type.Object({ vouchers: Type.Array(Voucher) }),
    status: 201,
    refusals: {
      'unknown-sale': 404,
      'not-dispensable': 409,
      'nothing-owed': 409,
      'not-ready': 409,
      ...clearingRefusals,
      ...mintRefusals,
    },
  },
  validate: {
    method: 'POST',
    path: '/api/v1/qr-codes/validate',
    access: 'staff',
    summary: 'Whether a dispenser would pour for this code, and if not, why.',
    body: Input({ code: Type.String({ minLength: 1, maxLength: 200 }), dispenserId: Type.Optional(Id) }),
    output: Validation,
    refusals: {
      malformed: 422,
      forged: 409,
      'other-store': 409,
      'other-dispenser': 409,
      'unknown-epoch': 409,
      expired: 409,
      used: 409,
      voided: 409,
    },
  },
  list: {
    method: 'GET',
    path: '/api/v1/vouchers',
    access: 'staff',
    summary: 'The vouchers of this store in one state, open ones unless said; those whose time ends first come first.',
    query: pageQueryWith({ state: Type.Optional(oneOf(...voucherStates)) }),
    output: Page(ListedVoucher),
    refusals: { 'bad-cursor': 422 },
  },
  cancel: {
    method: 'POST',
    path: '/api/v1/vouchers/{id}/cancel',
    access: 'staff',
    summary: 'A code that is not to be good any more. What was paid for it is still owed: as a new voucher, or by a return.',
    params: IdParams,
    output: Voucher,
    refusals: { 'unknown-voucher': 404, 'voucher-closed': 409, ...clearingRefusals },
  },
  cases: {
    method: 'GET',
    path: '/api/v1/vouchers/cases',
    access: 'staff',
    summary:
      'Vouchers that wait for a person: expired, cancelled, failed, in doubt, or poured beyond what was paid. The oldest first.',
    query: pageQueryWith({}),
    output: Page(VoucherCaseView),
    refusals: { 'bad-cursor': 422 },
  },
  again: {
    method: 'POST',
    path: '/api/v1/vouchers/{id}/again',
    access: 'staff',
    summary: 'A new voucher for the unit that this one was for; the same as before where that is still good.',
    params: IdParams,
    body: Input({ acceptRisk: AcceptRisk }),
    output: Voucher,
    status: 201,
    refusals: {
      'unknown-voucher': 404,
      'no-sale': 409,
      'nothing-owed': 409,
      'not-ready': 409,
      ...clearingRefusals,
      ...mintRefusals,
    },
  },
  resolve: {
    method: 'POST',
    path: '/api/v1/vouchers/{id}/resolve',
    access: 'staff',
    summary: 'What somebody saw became of a voucher in doubt, or that what came out beyond what was paid is lost.',
    params: IdParams,
    body: ResolveVoucher,
    output: Voucher,
    refusals: { 'unknown-voucher': 404, 'nothing-to-resolve': 409, 'needs-approval': 409, 'not-ready': 409 },
  },
  show: {
    method: 'GET',
    path: '/api/v1/vouchers/{id}',
    access: 'staff',
    summary: 'One voucher and its state.',
    params: IdParams,
    output: Voucher,
    refusals: { 'unknown-voucher': 404 },
  },
  image: {
    method: 'GET',
    path: '/api/v1/vouchers/{id}/image',
    access: 'staff',
    summary: 'The QR as a picture or as text for a terminal.',
    params: IdParams,
    query: Input({ format: Type.Optional(oneOf('svg', 'png', 'text')) }),
    refusals: { 'unknown-voucher': 404 },
  },
  link: {
    method: 'POST',
    path: '/api/v1/vouchers/{id}/link',
    access: 'staff',
    summary:
      'A link for the customer’s phone, in the network of the store; it ends with the voucher, and whoever has it has the code.',
    params: IdParams,
    output: Type.Object({ url: Type.String(), expiresAt: Time }),
    refusals: { 'unknown-voucher': 404, 'voucher-closed': 409, 'no-lan': 409 },
  },
  open: {
    method: 'GET',
    path: '/v/{token}',
    access: 'public',
    summary: 'The QR of the voucher of a link, as a picture.',
    params: Input({ token: Type.String({ minLength: 1, maxLength: 64 }) }),
    query: Input({ format: Type.Optional(oneOf('png', 'svg')) }),
    refusals: { 'unknown-link': 404, 'voucher-closed': 409 },
  },
  pause: {
    method: 'POST',
    path: '/api/v1/dispensers/{id}/pause',
    access: 'staff',
    summary:
      'Take a dispenser out of use, or back into it: nothing is sold from it, and it pours nothing; while it cannot be reached, once it has been told.',
    params: IdParams,
    body: Input({ paused: Type.Boolean() }),
    output: Type.Object({ paused: Type.Boolean() }),
    refusals: { 'unknown-dispenser': 404 },
  },
});
