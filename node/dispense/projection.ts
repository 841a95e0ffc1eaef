// Vouchers as facts tell of them. Issuing reserves a unit, a pour consumes it, failure and closing give it back, doubt keeps it.

import { type DispenseFinished, dispenseFinished } from '#schema/facts/dispense-finished';
import type { Fact } from '#schema/facts/fact';
import { type VoucherClosed, voucherClosed } from '#schema/facts/voucher-closed';
import { type VoucherIssued, voucherIssued } from '#schema/facts/voucher-issued';
import {
  afterReport,
  eventOfClosing,
  eventOfOutcome,
  stockEffect,
  type VoucherEvent,
  type VoucherState,
} from '#schema/rules/voucher';
import { present } from '#schema/values/assert';
import { rowOf, type Sqlite, writer } from '../base/sqlite.ts';
import { type Projection, when } from '../journal/projection.ts';
import type { StockWriter } from '../stock/projection.ts';

export function voucherProjection(sqlite: Sqlite, stock: StockWriter): Projection {
  const insertVoucher = writer(
    sqlite,
    `INSERT INTO vouchers (id, sale_id, line_id, product_id, dispenser_id, dispenser_number, slot, epoch, serial, expires_at, state)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open')`,
  );
  const readState = rowOf<{ state: VoucherState }>(sqlite, 'SELECT state FROM vouchers WHERE id = ?');
  const setState = writer(sqlite, 'UPDATE vouchers SET state = ?, reason = ? WHERE id = ?');

  /** Steps the voucher, and moves its unit as the two states say; a pour is a movement of its own. */
  function step(
    fact: Fact<{ voucherId: string; productId: string; saleId: string | null }>,
    event: VoucherEvent,
    reason: string | null,
  ): void {
    const { voucherId, productId, saleId } = fact.body;
    const from = present(readState(voucherId), `no voucher ${voucherId} was issued`).state;
    const to = afterReport(from, event);
    if (to === from) return;
    setState(to, reason, voucherId);
    const { onHand, reserved } = stockEffect(from, to);
    if (reserved !== 0) stock.reserve(productId, reserved);
    if (onHand !== 0) stock.move(fact, { line: 0, id: null, productId, kind: 'dispense', quantity: onHand, saleId });
  }

  return {
    tables: ['vouchers'],
    on: {
      ...when(voucherIssued, ({ body }: Fact<VoucherIssued>) => {
        const { voucherId, saleId, lineId, productId, dispenserId, dispenserNumber, slot, epoch, serial, expiresAt } = body;
        insertVoucher(voucherId, saleId, lineId, productId, dispenserId, dispenserNumber, slot, epoch, serial, expiresAt);
        stock.reserve(productId, stockEffect(null, 'open').reserved);
      }),
      ...when(dispenseFinished, (fact: Fact<DispenseFinished>) =>
        step(fact, eventOfOutcome[fact.body.outcome], fact.body.reason),
      ),
      ...when(voucherClosed, (fact: Fact<VoucherClosed>) => step(fact, eventOfClosing[fact.body.why], null)),
    },
  };
}
