// Printing at the store node: its printers and how they stand, and the jobs that wait for them. Printers are set up from the machine.
import Type, { type Static } from 'typebox';
import { printJobStates } from '../rules/print-job.ts';
import { contract } from './contract.ts';
import { Count, Id, IdParams, Input, Name, oneOf, orNull, Page, pageQueryWith, Time } from './parts.ts';
import { Language } from './receipt.ts';

const NetworkLink = Input({
  kind: Type.Literal('network'),
  host: Type.String({ pattern: '^[A-Za-z0-9.:-]{1,253}$' }),
  port: Type.Integer({ minimum: 1, maximum: 65_535 }),
});

const SerialLink = Input({
  kind: Type.Literal('serial'),
  path: Type.String({ pattern: '^(/dev/[\\w./-]{1,200}|COM\\d{1,3})$' }),
  baudRate: Type.Integer({ minimum: 1_200, maximum: 921_600 }),
});

export const PrinterLink = Type.Union([NetworkLink, SerialLink]);

export type PrinterLink = Static<typeof PrinterLink>;

export const PrinterProfile = Input({
  /** Characters a line: 32 on 58 mm paper, 42 or 48 on 80 mm. */
  columns: Type.Unsafe<32 | 42 | 48>({ type: 'integer', enum: [32, 42, 48] }),
  codePage: oneOf('pc437', 'pc858', 'wpc1252'),
  /** Raster for printers that know no QR command of their own. */
  qr: oneOf('native', 'raster'),
  cut: oneOf('partial', 'full', 'none'),
  /** The pin of the drawer that hangs on this printer; null where none does. */
  drawerPin: Type.Unsafe<2 | 5 | null>({ anyOf: [{ type: 'integer', enum: [2, 5] }, { type: 'null' }] }),
  /** Whether it answers when asked how it stands. One that does not is taken to have printed what its link took. */
  answers: Type.Boolean(),
});

export type PrinterProfile = Static<typeof PrinterProfile>;

export const printerConditions = ['ready', 'paper-out', 'cover-open', 'error', 'offline'] as const;

export type PrinterCondition = (typeof printerConditions)[number];

export const Printer = Type.Object({
  id: Id,
  name: Type.String(),
  link: PrinterLink,
  profile: PrinterProfile,
  condition: oneOf(...printerConditions),
  paperLow: Type.Boolean(),
  lastSeenAt: orNull(Time),
  /** Jobs that wait for it or are being sent. */
  waiting: Count,
  /** Codes of the tills that print here unless they say otherwise. */
  tills: Type.Array(Type.String()),
});

export type Printer = Static<typeof Printer>;

export const printJobKinds = [
  'receipt',
  'return',
  'vouchers',
  'voucher',
  'x-report',
  'day-report',
  'shift',
  'test',
  'drawer',
] as const;

export type PrintJobKind = (typeof printJobKinds)[number];

export const PrintJob = Type.Object({
  id: Id,
  kind: oneOf(...printJobKinds),
  /** The sale, return, voucher, closed day or shift that it tells of. */
  subjectId: orNull(Id),
  printerId: Id,
  printerName: Type.String(),
  tillId: Id,
  state: oneOf(...printJobStates),
  /** Whether the paper says that it is a copy; null until it is sent. */
  copy: orNull(Type.Boolean()),
  /** What keeps it from being printed, or kept it: a condition of the printer, `too-late`, `lost`, `no-confirmation`, `restarted`. */
  problem: orNull(Type.String()),
  queuedAt: Time,
  endedAt: orNull(Time),
  /** What a person may do with it now. */
  next: Type.Array(oneOf('cancel', 'retry')),
});

export type PrintJob = Static<typeof PrintJob>;

export const WishPrint = Input({
  id: Id,
  kind: oneOf('receipt', 'return', 'vouchers', 'voucher', 'x-report', 'day-report', 'shift', 'test'),
  /** The sale of a receipt and of vouchers; the return, voucher, closed day or closed shift itself. */
  subjectId: Type.Optional(Id),
  /** Where the till’s own printer is not meant. */
  printerId: Type.Optional(Id),
  language: Type.Optional(Language),
});

export type WishPrint = Static<typeof WishPrint>;

export const printContract = contract({
  printers: {
    method: 'GET',
    path: '/api/v1/printers',
    access: 'staff',
    summary: 'The printers of this store and how they stand, in the order in which they were added.',
    output: Type.Object({ items: Type.Array(Printer), own: orNull(Id) }),
  },
  addPrinter: {
    method: 'POST',
    path: '/api/v1/printers',
    access: 'machine',
    summary: 'Add a printer, or change the one with this id.',
    body: Input({ id: Id, name: Name, link: PrinterLink, profile: PrinterProfile }),
    output: Printer,
    status: 201,
    refusals: { 'name-taken': 409 },
  },
  removePrinter: {
    method: 'DELETE',
    path: '/api/v1/printers/{id}',
    access: 'machine',
    summary: 'Remove a printer; what waits for it is cancelled.',
    params: IdParams,
    output: Type.Object({ removed: Type.Boolean() }),
    refusals: { 'unknown-printer': 404 },
  },
  assign: {
    method: 'PUT',
    path: '/api/v1/printers/{id}/tills/{code}',
    access: 'machine',
    summary: 'Let a till print here. A till that was never told prints at the printer that was added first.',
    params: Input({ id: Id, code: Type.String({ maxLength: 20 }) }),
    output: Printer,
    refusals: { 'unknown-printer': 404, 'unknown-till': 404 },
  },
  choose: {
    method: 'PUT',
    path: '/api/v1/till/printer',
    access: 'staff',
    summary: 'Where this till prints from now on.',
    body: Input({ printerId: Id }),
    output: Printer,
    refusals: { 'unknown-printer': 404 },
  },
  print: {
    method: 'POST',
    path: '/api/v1/print-jobs',
    access: 'staff',
    summary:
      'Put something in a printer’s queue; answered at once, whatever the printer does. The same id again gives the same job.',
    body: WishPrint,
    output: PrintJob,
    status: 201,
    refusals: {
      'subject-needed': 422,
      'unknown-sale': 404,
      'unknown-return': 404,
      'unknown-voucher': 404,
      'unknown-report': 404,
      'unknown-shift': 404,
      'voucher-closed': 409,
      'unknown-printer': 404,
      'no-printer': 409,
      'queue-full': 409,
      'id-reused': 422,
      'not-ready': 409,
    },
  },
  jobs: {
    method: 'GET',
    path: '/api/v1/print-jobs',
    access: 'staff',
    summary: 'Print jobs, newest first.',
    query: pageQueryWith({ state: Type.Optional(oneOf(...printJobStates)), subjectId: Type.Optional(Id) }),
    output: Page(PrintJob),
    refusals: { 'bad-cursor': 422 },
  },
  job: {
    method: 'GET',
    path: '/api/v1/print-jobs/{id}',
    access: 'staff',
    summary: 'One print job.',
    params: IdParams,
    output: PrintJob,
    refusals: { 'unknown-job': 404 },
  },
  cancel: {
    method: 'POST',
    path: '/api/v1/print-jobs/{id}/cancel',
    access: 'staff',
    summary: 'Take a job that waits out of the queue.',
    params: IdParams,
    output: PrintJob,
    refusals: { 'unknown-job': 404, 'illegal-step': 409 },
  },
  retry: {
    method: 'POST',
    path: '/api/v1/print-jobs/{id}/retry',
    access: 'staff',
    summary:
      'Queue a job again, under its own id: one that failed, or of which nobody knows what became of it; that one then says COPY.',
    params: IdParams,
    output: PrintJob,
    refusals: { 'unknown-job': 404, 'illegal-step': 409 },
  },
});
