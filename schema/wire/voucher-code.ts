// The code in a voucher’s QR: 32 bytes that one dispenser can verify by itself. Only the node mints; voucher.ts says what becomes of it.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { assert } from '../values/assert.ts';
import { fromBase32, toBase32 } from '../values/base32.ts';
import { type Ok, ok, type Refusal, refuse } from '../values/result.ts';
import {
  labels,
  type VoucherFields,
  voucherFlags,
  voucherLayout,
  voucherMacSize,
  voucherPrefix,
  voucherVersion,
  windowSpan,
} from './dispenser.ts';
import { decode, encode, sizeOf } from './layout.ts';

export const rootKeySize = 32;
/** How far a dispenser's clock may stand behind its node's: for so long after its expiry a voucher may still pour. */
export const dispenserSkewMs = 60_000;
export const firstSerial = 1;
export const lastSerial = 0xffff_ffff;

export interface VoucherTerms {
  dispenserNumber: number;
  serial: number;
  keyEpoch: number;
  expiresAtMs: number;
  slot: number;
  /** The dispenser never pours for it without the node's word. */
  asksNode?: boolean;
}

export type VoucherRefusal = 'malformed' | 'forged' | 'other-dispenser' | 'unknown-epoch' | 'expired';

const voucherSize = sizeOf(voucherLayout);

/** Epochs give the printed vouchers of a recovered node other keys, without a new key having to travel. */
export function epochKey(rootKey: Uint8Array, keyEpoch: number): Uint8Array {
  assert(rootKey.length === rootKeySize, 'a root key has 32 bytes');
  const epoch = Buffer.alloc(4);
  epoch.writeUInt32BE(keyEpoch);
  return createHmac('sha256', rootKey).update(labels.tokenKey).update(epoch).digest();
}

function voucherMac(rootKey: Uint8Array, keyEpoch: number, signed: Uint8Array): Uint8Array {
  const key = epochKey(rootKey, keyEpoch);
  return createHmac('sha256', key).update(labels.voucher).update(signed).digest().subarray(0, voucherMacSize);
}

export function mintVoucher(rootKey: Uint8Array, terms: VoucherTerms): Uint8Array {
  assert(terms.serial >= firstSerial, 'serials begin at 1');
  const bytes = encode(voucherLayout, {
    versionEpoch: (voucherVersion << 4) | (terms.keyEpoch % 16),
    dispenser: terms.dispenserNumber,
    serial: terms.serial,
    // Rounded down: a voucher never lives longer than its row says.
    expiry: Math.floor(terms.expiresAtMs / 1000),
    slot: terms.slot,
    quantity: 1,
    flags: terms.asksNode ? voucherFlags.askNode : 0,
    mac: new Uint8Array(voucherMacSize),
  });
  const signedSize = voucherSize - voucherMacSize;
  bytes.set(voucherMac(rootKey, terms.keyEpoch, bytes.subarray(0, signedSize)), signedSize);
  return bytes;
}

export const voucherText = (bytes: Uint8Array): string => voucherPrefix + toBase32(bytes);

export interface ParsedVoucher extends VoucherFields {
  bytes: Uint8Array;
}

/** What the code says, before anything in it is believed. */
export function parseVoucher(text: string): Ok<ParsedVoucher> | Refusal<'malformed'> {
  const malformed = () => refuse('malformed', 'This is not a voucher code, or it was not read or typed in full.');
  if (text.slice(0, voucherPrefix.length).toUpperCase() !== voucherPrefix) return malformed();
  const bytes = fromBase32(text.slice(voucherPrefix.length), voucherSize);
  if (bytes === null) return malformed();
  const fields = decode(voucherLayout, bytes);
  if (!fields.ok || fields.value.versionEpoch >> 4 !== voucherVersion || fields.value.quantity !== 1) return malformed();
  return ok({ ...fields.value, bytes });
}

export interface Verifier {
  dispenserNumber: number;
  rootKey: Uint8Array;
  /** The current one; the one before it is accepted too. */
  keyEpoch: number;
  nowMs: number;
}

/** The same judgement as firmware/core/voucher.c, in the same order; use and slot are for whoever keeps them. */
export function verifyVoucher(text: string, by: Verifier): Ok<ParsedVoucher> | Refusal<VoucherRefusal> {
  const parsed = parseVoucher(text);
  if (!parsed.ok) return parsed;
  const voucher = parsed.value;
  if (voucher.dispenser !== by.dispenserNumber) return refuse('other-dispenser', 'This voucher is for another dispenser.');
  const epochsBack = (by.keyEpoch - voucher.versionEpoch) & 15;
  if (epochsBack > 1 || epochsBack > by.keyEpoch) {
    return refuse('unknown-epoch', 'This voucher is from before the keys were changed.');
  }
  const signedSize = voucherSize - voucherMacSize;
  const mac = voucherMac(by.rootKey, by.keyEpoch - epochsBack, voucher.bytes.subarray(0, signedSize));
  if (!timingSafeEqual(mac, voucher.mac)) return refuse('forged', 'This voucher was not made by this store.');
  if (isExpired(voucher.expiry * 1000, by.nowMs)) return refuse('expired', 'This voucher has expired.');
  return ok(voucher);
}

export const isExpired = (expiresAtMs: number, nowMs: number): boolean => Math.floor(expiresAtMs / 1000) * 1000 <= nowMs;

/** Nothing can come out any more, even at a dispenser whose clock is behind. */
export const isSurelyOver = (expiresAtMs: number, nowMs: number): boolean => isExpired(expiresAtMs + dispenserSkewMs, nowMs);

/**
 * The epoch of a generation of the journal. A dispenser takes the epoch before its own too, so each generation raises it by two: what a
 * lost machine had printed is not good any more.
 */
export const epochOf = (generation: number): number => 2 * generation - 1;

/** More serials than a lost machine can have minted after the last one that is known of it. */
const serialsLeftOut = 2 ** 20;

/** Where the serials of a new generation begin: a serial that a lost machine may have used would count as used. */
export function firstSerialAfter(lastOfEarlier: number | null): Ok<number> | Refusal<'serials-used-up'> {
  return serialWithin((lastOfEarlier ?? 0) + serialsLeftOut);
}

const serialWithin = (serial: number): Ok<number> | Refusal<'serials-used-up'> =>
  serial <= lastSerial
    ? ok(serial)
    : refuse('serials-used-up', 'This dispenser needs a new number and key: its serials are used up.');

/** The dispenser's window slides to the newest serial: an older unexpired voucher must stay inside it. */
export function nextSerial(
  last: number | null,
  oldestUnexpired: number | null,
): Ok<number> | Refusal<'too-many-vouchers' | 'serials-used-up'> {
  const next = last === null ? firstSerial : last + 1;
  if (oldestUnexpired !== null && next - oldestUnexpired >= windowSpan) {
    return refuse('too-many-vouchers', 'Too many vouchers of this dispenser are open; wait until older ones are used or expire.');
  }
  return serialWithin(next);
}
