// local: what belongs to this machine alone and no fact speaks of: who it is, its tills and who is signed in at them, its devices, and how
// far it has read.
import { blob, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** One row: the node's keys and, once enrolled, whose node it is. */
export const identity = sqliteTable('identity', {
  only: integer().primaryKey(),
  nodeId: text().notNull(),
  publicKey: text().notNull(),
  privateKey: text().notNull(),
  boxPublicKey: text().notNull(),
  boxPrivateKey: text().notNull(),
  storeId: text(),
  serverUrl: text(),
  centrePublicKey: text(),
  /** Milliseconds to add to this machine's clock, as learned from the centre. */
  clockOffset: integer().notNull(),
});

/** One row while this machine is being made a store's node again; it does not sell before that is done. */
export const recoveries = sqliteTable('recoveries', {
  only: integer().primaryKey(),
  /** Made once, so that asking the centre again is the same as once. */
  requestId: text().notNull(),
  /** `recovered` onto a fresh machine, `restored` from a backup, or `late`: facts came that only the tables do not know yet. */
  why: text().notNull(),
});

/** One row once the centre has said, signed, that this machine is its store's node no more. */
export const replacements = sqliteTable('replacements', {
  only: integer().primaryKey(),
  replacedAt: integer().notNull(),
  signature: text().notNull(),
});

export const tills = sqliteTable('tills', {
  id: text().primaryKey(),
  /** `T1`: the head of its receipt numbers. */
  code: text().notNull().unique(),
  name: text().notNull(),
  pairedAt: integer().notNull(),
  /** Withdrawn: it calls no more until it is paired again. Its code is nobody else's. */
  revokedAt: integer(),
});

export const tillTokens = sqliteTable('till_tokens', {
  tokenHash: text().primaryKey(),
  tillId: text()
    .notNull()
    .references(() => tills.id),
  createdAt: integer().notNull(),
  /** What its browser called its wish to be paired: asked again, it gets another token in place of this. */
  pairingId: text(),
});

/** One-time codes by which browsers on other machines become tills. */
export const tillCodes = sqliteTable('till_codes', {
  id: text().primaryKey(),
  codeHash: text().notNull().unique(),
  /** The till that it is for, by its code; null makes a new one. */
  tillCode: text(),
  name: text(),
  expiresAt: integer().notNull(),
  usedAt: integer(),
  /** Which wish to be paired has used it. */
  pairingId: text(),
});

/** One row: the authority that signs this box's certificates, so that what people let their tablets trust outlives a restart and a restore. */
export const lanAuthority = sqliteTable('lan_authority', {
  only: integer().primaryKey(),
  certificate: text().notNull(),
  privateKey: text().notNull(),
  /** JSON: names that it may sign for beside the local ones. */
  names: text().notNull(),
});

/** Devices whose key this machine has. */
export const devicePairings = sqliteTable('device_pairings', {
  /** The device's id at the centre. */
  id: text().primaryKey(),
  driver: text().notNull(),
  /** Hex; never leaves this machine but to the device itself. */
  rootKey: text().notNull(),
  /** Of a key that the centre made; 0 where this machine made it for a virtual device. */
  keyNumber: integer().notNull().default(0),
  pairedAt: integer().notNull(),
});

export const shapeCursors = sqliteTable('shape_cursors', {
  shape: text().primaryKey(),
  handle: text().notNull(),
  offset: text().notNull(),
  /** Whether the shape has been read to its end since this copy was begun. */
  complete: integer({ mode: 'boolean' }).notNull(),
});

/** Deliveries that somebody began to write down; as the till left them. */
export const stockDrafts = sqliteTable('stock_drafts', {
  id: text().primaryKey(),
  content: text().notNull(),
  savedAt: integer().notNull(),
  tillId: text().notNull(),
  staff: text(),
});

/** Stocktakes: one that is finished is a fact, until then it is this machine's. */
export const stockCounts = sqliteTable('stock_counts', {
  id: text().primaryKey(),
  name: text().notNull(),
  categoryId: text(),
  blind: integer({ mode: 'boolean' }).notNull(),
  state: text().notNull(),
  startedAt: integer().notNull(),
  tillId: text().notNull(),
  staff: text(),
  /** The last entry when the differences were first looked at. */
  firstReviewAt: integer(),
});

export const stockCountEntries = sqliteTable(
  'stock_count_entries',
  {
    /** In the order in which they came. */
    number: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    countId: text()
      .notNull()
      .references(() => stockCounts.id),
    productId: text().notNull(),
    tillId: text().notNull(),
    staff: text(),
    kind: text().notNull(),
    quantity: integer().notNull(),
    /** What the books said at that moment. */
    onHand: integer().notNull(),
    at: integer().notNull(),
  },
  (table) => [index('count_entries_by_product').on(table.countId, table.productId)],
);

/** Products of which somebody has been told that they are low; forgotten when they are not. */
export const lowStockTold = sqliteTable('low_stock_told', { productId: text().primaryKey() });

/** Who is signed in at which till: one person a till. */
export const staffSessions = sqliteTable('staff_sessions', {
  tillId: text().primaryKey(),
  tokenHash: text().notNull().unique(),
  staffId: text().notNull(),
  openedAt: integer().notNull(),
});

/** Wrong PINs in a row of one person, and until when none is looked at. */
export const staffTries = sqliteTable('staff_tries', {
  staffId: text().primaryKey(),
  wrong: integer().notNull(),
  lockedUntil: integer().notNull(),
});

/** What a manager allowed at a till: once, for a minute. The fact that used it carries the manager. */
export const approvals = sqliteTable(
  'approvals',
  {
    id: text().primaryKey(),
    tillId: text().notNull(),
    action: text().notNull(),
    amount: integer().notNull(),
    reason: text().notNull(),
    requestedBy: text(),
    approvedBy: text().notNull(),
    expiresAt: integer().notNull(),
    usedAt: integer(),
  },
  (table) => [index('approvals_by_expiry').on(table.expiresAt)],
);

export const printers = sqliteTable('printers', {
  id: text().primaryKey(),
  name: text().notNull().unique(),
  /** JSON: how it is reached, and what it knows. */
  link: text().notNull(),
  profile: text().notNull(),
  addedAt: integer().notNull(),
});

/** Where a till prints, when it was told. */
export const tillPrinters = sqliteTable('till_printers', {
  tillId: text().primaryKey(),
  printerId: text()
    .notNull()
    .references(() => printers.id),
});

export const printJobs = sqliteTable(
  'print_jobs',
  {
    id: text().primaryKey(),
    /** In the order in which they were asked for. */
    place: integer().notNull().unique(),
    printerId: text().notNull(),
    tillId: text().notNull(),
    kind: text().notNull(),
    subjectId: text(),
    language: text().notNull(),
    state: text().notNull(),
    copy: integer({ mode: 'boolean' }),
    problem: text(),
    attempts: integer().notNull(),
    /** Since when it waits: a retry waits anew. */
    queuedAt: integer().notNull(),
    /** When its bytes first may have left. */
    sentAt: integer(),
    endedAt: integer(),
  },
  (table) => [
    index('print_jobs_by_state').on(table.state, table.printerId, table.place),
    index('print_jobs_by_subject').on(table.subjectId),
    index('print_jobs_by_end').on(table.endedAt),
  ],
);

/** One row: the picture at the head of receipts. */
export const receiptLogo = sqliteTable('receipt_logo', {
  only: integer().primaryKey(),
  png: blob({ mode: 'buffer' }).notNull(),
});

/** Open, held and binned sales of the tills; what is in one is the page's own. */
export const drafts = sqliteTable(
  'drafts',
  {
    id: text().primaryKey(),
    revision: integer().notNull(),
    state: text().notNull(),
    name: text(),
    tillId: text().notNull(),
    pageId: text().notNull(),
    staffId: text(),
    items: integer().notNull(),
    total: integer().notNull(),
    changedAt: integer().notNull(),
    content: text().notNull(),
  },
  (table) => [index('drafts_by_state').on(table.state, table.changedAt)],
);

/** Who a customer is that a fact only names, until the centre has them; the salt stays, so that a repetition is known, until it is erased. */
export const customerDetails = sqliteTable(
  'customer_details',
  {
    id: text().primaryKey(),
    salt: text().notNull(),
    name: text(),
    phone: text(),
    email: text(),
    addedAt: integer().notNull(),
    deliveredAt: integer(),
  },
  (table) => [index('details_by_delivery').on(table.deliveredAt, table.addedAt)],
);
