// A link that shows a voucher's QR on the customer's own phone, in the network of the store. Whoever has it has the code, and nobody can
// guess it: it carries a MAC that only this node can make. It is stored nowhere and ends with the voucher.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { ok, type Result, refuse } from '#schema/values/result';
import type { RefusalOf } from '#schema/wire/contract';
import type { voucherContract } from '#schema/wire/voucher';
import type { Dispensers } from './dispensers.ts';
import type { VoucherQueries, VoucherRow } from './queries.ts';

/** What is made for this opens nothing else. */
const LABEL = 'voucher-link';
const ID_SIZE = 16;
const MAC_SIZE = 16;

export interface VoucherLinks {
  /** How the link of an open voucher ends. */
  tokenOf(id: string, now: number): Result<{ token: string; expiresAt: number }, RefusalOf<typeof voucherContract.link>>;
  /** The voucher's code, as long as it is good. */
  codeOf(token: string, now: number): Result<string, RefusalOf<typeof voucherContract.open>>;
}

interface LinkParts {
  vouchers: Pick<VoucherQueries, 'row' | 'view'>;
  dispensers: Pick<Dispensers, 'byId'>;
}

const macOf = (rootKey: Uint8Array, id: Uint8Array) =>
  createHmac('sha256', rootKey).update(LABEL).update(id).digest().subarray(0, MAC_SIZE);

const bytesOf = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex');

const idOf = (bytes: Buffer) => bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

const isGood = ({ state, expiresAt }: VoucherRow, now: number) => state === 'open' && expiresAt > now;

const closed = (row: VoucherRow) =>
  refuse('voucher-closed', 'This voucher was used, or its time is over.', {
    next: 'Ask at the till.',
    facts: { state: row.state },
  });

export function openLinks({ vouchers, dispensers }: LinkParts): VoucherLinks {
  const keyOf = ({ dispenserId }: VoucherRow) => dispensers.byId(dispenserId)?.rootKey;
  return {
    tokenOf(id, now) {
      const row = vouchers.row(id);
      const rootKey = row && keyOf(row);
      if (!row || !rootKey) return refuse('unknown-voucher', 'There is no such voucher in this store.', { field: 'id' });
      if (!isGood(row, now)) return closed(row);
      const token = Buffer.concat([bytesOf(id), macOf(rootKey, bytesOf(id))]).toString('base64url');
      return ok({ token, expiresAt: row.expiresAt });
    },
    codeOf(token, now) {
      const bytes = Buffer.from(token, 'base64url');
      const id = bytes.subarray(0, ID_SIZE);
      const row = bytes.length === ID_SIZE + MAC_SIZE ? vouchers.row(idOf(id)) : undefined;
      const rootKey = row && keyOf(row);
      const code = rootKey && timingSafeEqual(macOf(rootKey, id), bytes.subarray(ID_SIZE)) ? vouchers.view(row).code : null;
      if (!row || code === null)
        return refuse('unknown-link', 'There is no such link in this store.', { next: 'Ask at the till.' });
      return isGood(row, now) ? ok(code) : closed(row);
    },
  };
}
