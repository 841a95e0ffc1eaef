// Vouchers as facts tell of them. Issuing reserves a unit, a pour consumes it, failure and closing give it back, doubt keeps it.

import { type DispenseFinished, dispenseFinished } from '#schema/facts/dispense-finished';
import type { Fact } from '#schema/facts/fact';
import { type SaleReturned, saleReturned } from '#schema/facts/sale-returned';
import { type VoucherCleared, voucherCleared } from '#schema/facts/voucher-cleared';
import { type VoucherClosed, voucherClosed } from '#schema/facts/voucher-closed';
import { type VoucherIssued, voucherIssued } from '#schema/facts/voucher-issued';
import { type VoucherResolved, voucherResolved } from '#schema/facts/voucher-resolved';
import {
  afterReport,
  type Clearance,
  clearer,
  eventOfClosing,
  eventOfOutcome,
  eventOfResolution,
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
    `INSERT INTO vouchers (id, sale_id, line_id, unit, first_id, superseded, business_date, product_id, dispenser_id, dispenser_number, slot, epoch, serial,
       expires_at, state, refunded, written_off)
     VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, 'open', 0, 0)`,
  );
  const supersede = writer(sqlite, 'UPDATE vouchers SET superseded = 1 WHERE sale_id = ? AND line_id = ? AND unit = ?');
  const supersedeAsked = writer(sqlite, 'UPDATE vouchers SET superseded = 1 WHERE sale_id IS NULL AND first_id = ?');
  const refundUnit = writer(sqlite, 'UPDATE vouchers SET refunded = 1 WHERE sale_id = ? AND line_id = ? AND unit = ?');
  const readCleared = rowOf<{ cleared: Clearance | null }>(sqlite, 'SELECT cleared FROM vouchers WHERE id = ?');
  const setCleared = writer(sqlite, 'UPDATE vouchers SET cleared = ? WHERE id = ?');
  const writeOff = writer(sqlite, 'UPDATE vouchers SET written_off = 1 WHERE id = ?');
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

  function issue({ body }: Fact<VoucherIssued>): void {
    const { voucherId, saleId, lineId, unit, productId, dispenserId, dispenserNumber, slot, epoch, serial, expiresAt } = body;
    if (unit !== null) supersede(saleId, lineId, unit);
    if (body.firstVoucherId !== voucherId) supersedeAsked(body.firstVoucherId);
    const place = [dispenserId, dispenserNumber, slot, epoch, serial, expiresAt] as const;
    insertVoucher(voucherId, saleId, lineId, unit, body.firstVoucherId, body.businessDate, productId, ...place);
    stock.reserve(productId, stockEffect(null, 'open').reserved);
  }

  function resolve(fact: Fact<VoucherResolved>): void {
    const { voucherId, as, reason } = fact.body;
    const event = eventOfResolution[as];
    if (event === null) writeOff(voucherId);
    else step(fact, event, reason);
  }

  return {
    tables: ['vouchers'],
    on: {
      ...when(voucherIssued, issue),
      ...when(dispenseFinished, (fact: Fact<DispenseFinished>) =>
        step(fact, eventOfOutcome[fact.body.outcome], fact.body.reason),
      ),
      ...when(voucherClosed, (fact: Fact<VoucherClosed>) => step(fact, eventOfClosing[fact.body.why], null)),
      ...when(voucherCleared, ({ body: { voucherId, by } }: Fact<VoucherCleared>) =>
        setCleared(clearer(readCleared(voucherId)?.cleared ?? null, by), voucherId),
      ),
      ...when(voucherResolved, resolve),
      ...when(saleReturned, ({ body: { original, lines } }: Fact<SaleReturned>) => {
        for (const { lineId, units } of lines) for (const unit of units) refundUnit(original.saleId, lineId, unit);
      }),
    },
  };
}
