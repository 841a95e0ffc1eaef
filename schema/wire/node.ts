// The store node as a program: how it stands, for the command line on its own machine; and every contract of the node, by noun.
import Type, { type Static } from 'typebox';
import { Backup, BackupState, BackupWish } from './backup.ts';
import { contract } from './contract.ts';
import { countContract } from './count.ts';
import { storeCustomerContract } from './customer.ts';
import { deviceContract } from './device.ts';
import { draftContract } from './draft.ts';
import { goodsContract } from './goods.ts';
import { Count, Id, orNull, Time } from './parts.ts';
import { printContract } from './print.ts';
import { receiptContract } from './receipt.ts';
import { reportContract } from './report.ts';
import { reservationContract } from './reservation.ts';
import { returnContract } from './return.ts';
import { saleContract } from './sale.ts';
import { shiftContract } from './shift.ts';
import { storeStaffContract } from './staff.ts';
import { storeStockContract } from './stock.ts';
import { tagContract } from './tag.ts';
import { SyncState, tillContract } from './till.ts';
import { Trouble } from './trouble.ts';
import { voucherContract } from './voucher.ts';

/** How other machines reach this node. */
export const LanState = Type.Object({
  /** Whether they get the till by TLS alone. */
  tlsOnly: Type.Boolean(),
  plain: Type.Array(Type.String()),
  safe: Type.Array(Type.String()),
  /** SHA-256 of the certificate that people let their tablets trust. */
  fingerprint: Type.String(),
  certificateEndsAt: Time,
});

export type LanState = Static<typeof LanState>;

const BoxState = Type.Object({
  version: Type.String(),
  time: Time,
  /** Whether its clock is so far off that a person must set it. */
  clockOff: Type.Boolean(),
  /** Room on its disk; null where that cannot be read. */
  freeBytes: orNull(Count),
  diskLow: Type.Boolean(),
  backup: Type.Pick(BackupState, ['lastAt', 'failedAt', 'nextAt']),
  generation: Count,
  seq: Count,
  /** How many of them the centre has confirmed in writing. */
  witnessedSeq: Count,
  sync: SyncState,
  troubles: Type.Array(Trouble),
});

export type BoxState = Static<typeof BoxState>;

export const nodeContract = contract({
  status: {
    method: 'GET',
    path: '/api/v1/node/status',
    access: 'machine',
    summary: 'How this node stands: its store, its journal, its sync and its devices.',
    output: Type.Object({
      version: Type.String(),
      enrolled: Type.Boolean(),
      storeId: orNull(Id),
      nodeId: orNull(Id),
      generation: Count,
      seq: Count,
      witnessedSeq: Count,
      sync: SyncState,
      devices: Type.Object({ total: Count, online: Count }),
      troubles: Type.Array(Trouble),
      backup: BackupState,
      /** Null while the node listens to its own machine alone. */
      lan: orNull(LanState),
    }),
  },
  box: {
    method: 'GET',
    path: '/api/v1/node/box',
    access: 'staff',
    summary: 'How the store box stands, for whoever stands before a till: its clock, disk, backups and what it has sent.',
    output: BoxState,
  },
  backUp: {
    method: 'POST',
    path: '/api/v1/node/backups',
    access: 'machine',
    summary: 'Write a backup now, while the node sells, and read it again whole.',
    body: BackupWish,
    output: Backup,
    status: 201,
    refusals: { 'backup-failed': 409 },
  },
});

export const nodeContracts = {
  node: nodeContract,
  till: tillContract,
  staff: storeStaffContract,
  customer: storeCustomerContract,
  sale: saleContract,
  draft: draftContract,
  return: returnContract,
  shift: shiftContract,
  report: reportContract,
  voucher: voucherContract,
  stock: storeStockContract,
  goods: goodsContract,
  count: countContract,
  reservation: reservationContract,
  tag: tagContract,
  device: deviceContract,
  print: printContract,
  receipt: receiptContract,
};
