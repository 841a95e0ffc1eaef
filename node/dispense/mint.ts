// Mints vouchers: one fact a unit, its serial the next of a dispenser that pours the product. Only the node mints.
import { voucherIssued } from '#schema/facts/voucher-issued';
import { present } from '#schema/values/assert';
import type { MakeId } from '#schema/values/id';
import { ok, type Result, refuse } from '#schema/values/result';
import { dispenserSkewMs, epochOf, firstSerialAfter, nextSerial } from '#schema/wire/voucher-code';
import { rowOf, type Sqlite } from '../base/sqlite.ts';
import type { Commit } from '../journal/commit.ts';
import type { StoreReplica } from '../replica/store.ts';
import type { BusinessDays } from '../report/business-day.ts';
import type { Dispenser, Dispensers } from './dispensers.ts';
import type { Pauses } from './pause.ts';

export interface MintRequest {
  voucherId?: string;
  saleId: string | null;
  lineId: string | null;
  /** Of the line; null where no line paid for it. */
  unit: number | null;
  /** The voucher whose place it takes, where no line paid for the unit. */
  replaces?: string | null;
  directiveId: string | null;
  productId: string;
  /** Who sold it, or asked for it again. */
  staff: string | null;
}

export type MintRefusal = 'no-dispenser' | 'too-many-vouchers' | 'serials-used-up';

export interface Minter {
  mint(commit: Commit, request: MintRequest): Result<string, MintRefusal>;
}

interface MinterParts {
  sqlite: Sqlite;
  dispensers: Dispensers;
  stores: StoreReplica;
  days: BusinessDays;
  pauses: Pauses;
  makeId: MakeId;
}

export function openMinter({ sqlite, dispensers, stores, days, pauses, makeId }: MinterParts): Minter {
  const readLast = rowOf<{ serial: number; epoch: number }>(
    sqlite,
    'SELECT serial, epoch FROM vouchers WHERE dispenser_id = ? ORDER BY serial DESC LIMIT 1',
  );
  const readFirst = rowOf<{ id: string }>(sqlite, 'SELECT first_id AS id FROM vouchers WHERE id = ?');
  const readOldest = rowOf<{ serial: number | null }>(
    sqlite,
    `SELECT min(serial) AS serial FROM vouchers WHERE state = 'open' AND expires_at > ? AND dispenser_id = ? AND epoch = ?`,
  );

  function serialFor({ id }: Dispenser, epoch: number, now: number) {
    const last = readLast(id);
    const isFirstOfLater = last ? last.epoch !== epoch : epoch > epochOf(1);
    if (isFirstOfLater) return firstSerialAfter(last?.serial ?? null);
    return nextSerial(last?.serial ?? null, readOldest(now - dispenserSkewMs, id, epoch)?.serial ?? null);
  }

  return {
    mint(commit, { voucherId = makeId(), saleId, lineId, unit, replaces = null, directiveId, productId, staff }) {
      let refusal: Result<string, MintRefusal> = refuse('no-dispenser', 'No dispenser of this store pours that product.', {
        field: 'lines',
        next: 'Pair a dispenser that has it in a slot, or remove the line.',
      });
      for (const dispenser of dispensers.all()) {
        const slot = dispenser.rootKey === null ? undefined : dispenser.slots.find((held) => held.productId === productId)?.slot;
        if (slot === undefined) continue;
        if (pauses.isPaused(dispenser.id)) {
          refusal = refuse('no-dispenser', `${dispenser.name} is paused.`, {
            field: 'lines',
            next: 'Resume it under Devices, or remove the line.',
          });
          continue;
        }
        const store = present(stores.current(), 'who sells knows the store');
        const epoch = epochOf(commit.generation);
        const serial = serialFor(dispenser, epoch, commit.now);
        if (!serial.ok) {
          refusal = serial;
          continue;
        }
        const voucher = {
          voucherId,
          saleId,
          lineId,
          unit,
          firstVoucherId: replaces === null ? voucherId : present(readFirst(replaces), 'it replaces one that was issued').id,
          businessDate: days.at(commit.now, store),
          directiveId,
          productId,
          dispenserId: dispenser.id,
          dispenserNumber: dispenser.number,
          slot,
          // A new generation signs with new keys, so what a lost machine printed is not good any more.
          epoch,
          serial: serial.value,
          expiresAt: commit.now + store.settings.voucherMinutes * 60_000,
        };
        commit.append(voucherIssued, voucher, { staff });
        return ok(voucherId);
      }
      return refusal;
    },
  };
}
