// Receipts at the store node: what stands on the paper, as blocks that the page draws, the PDF sets and the printer is sent.
import Type, { type Static } from 'typebox';
import { storeLanguages } from '../rules/settings.ts';
import { contract } from './contract.ts';
import { Id, IdParams, Input, oneOf } from './parts.ts';

export const Language = oneOf(...storeLanguages);

const size = oneOf('normal', 'tall', 'large');

/** A line of text, wrapped to the paper. */
const Text = Type.Object({
  kind: Type.Literal('text'),
  text: Type.String(),
  align: oneOf('left', 'center'),
  bold: Type.Boolean(),
  size,
});

/** What it is at the left, how much at the right. */
const Row = Type.Object({
  kind: Type.Literal('row'),
  left: Type.String(),
  right: Type.String(),
  bold: Type.Boolean(),
  size,
});

const Rule = Type.Object({ kind: Type.Literal('rule') });
const Space = Type.Object({ kind: Type.Literal('space') });
const Logo = Type.Object({ kind: Type.Literal('logo') });
const Qr = Type.Object({ kind: Type.Literal('qr'), text: Type.String() });
/** Where one piece of paper ends. */
const Cut = Type.Object({ kind: Type.Literal('cut') });

export const ReceiptBlock = Type.Union([Text, Row, Rule, Space, Logo, Qr, Cut]);

export type ReceiptBlock = Static<typeof ReceiptBlock>;

export const Receipt = Type.Object({
  /** The sale or return that it tells of. */
  subjectId: Id,
  language: Language,
  blocks: Type.Array(ReceiptBlock),
});

export type Receipt = Static<typeof Receipt>;

const languageQuery = Input({ language: Type.Optional(Language) });

export const MAX_LOGO_BYTES = 200_000;

export const receiptContract = contract({
  show: {
    method: 'GET',
    path: '/api/v1/sales/{id}/receipt',
    access: 'staff',
    summary: 'The receipt of a sale as blocks to draw, in the store’s language unless another is asked for.',
    params: IdParams,
    query: languageQuery,
    output: Receipt,
    refusals: { 'unknown-sale': 404, 'not-ready': 409 },
  },
  pdf: {
    method: 'GET',
    path: '/api/v1/sales/{id}/receipt.pdf',
    access: 'staff',
    summary: 'The receipt of a sale as a PDF, 80 mm wide.',
    params: IdParams,
    query: languageQuery,
    refusals: { 'unknown-sale': 404, 'not-ready': 409 },
  },
  showReturn: {
    method: 'GET',
    path: '/api/v1/returns/{id}/receipt',
    access: 'staff',
    summary: 'The receipt of a return as blocks to draw.',
    params: IdParams,
    query: languageQuery,
    output: Receipt,
    refusals: { 'unknown-return': 404, 'not-ready': 409 },
  },
  pdfReturn: {
    method: 'GET',
    path: '/api/v1/returns/{id}/receipt.pdf',
    access: 'staff',
    summary: 'The receipt of a return as a PDF, 80 mm wide.',
    params: IdParams,
    query: languageQuery,
    refusals: { 'unknown-return': 404, 'not-ready': 409 },
  },
  logo: {
    method: 'GET',
    path: '/api/v1/receipt-logo',
    access: 'staff',
    summary: 'The picture at the head of receipts, as PNG.',
    refusals: { 'no-logo': 404 },
  },
  setLogo: {
    method: 'PUT',
    path: '/api/v1/receipt-logo',
    access: 'machine',
    summary: 'Set the picture at the head of receipts: a PNG, which is printed in black and white.',
    body: Input({ png: Type.String({ minLength: 1, maxLength: Math.ceil(MAX_LOGO_BYTES / 3) * 4 }) }),
    output: Type.Object({ width: Type.Integer(), height: Type.Integer() }),
    refusals: { 'bad-logo': 422 },
  },
  removeLogo: {
    method: 'DELETE',
    path: '/api/v1/receipt-logo',
    access: 'machine',
    summary: 'Print no picture at the head of receipts.',
    output: Type.Object({ removed: Type.Boolean() }),
  },
});
