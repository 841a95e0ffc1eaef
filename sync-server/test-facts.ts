// Bodies of facts for tests and benches, made by the same rules that a till runs.
import type { DispenseFinished } from '#schema/facts/dispense-finished';
import type { DispenseUnmatched } from '#schema/facts/dispense-unmatched';
import type { SaleClosed } from '#schema/facts/sale-closed';
import type { SaleReturned } from '#schema/facts/sale-returned';
import type { StockMoved } from '#schema/facts/stock-moved';
import type { VoucherClosed } from '#schema/facts/voucher-closed';
import type { VoucherIssued } from '#schema/facts/voucher-issued';
import { type PricedProduct, priceCart } from '#schema/rules/pricing';
import { refundOf } from '#schema/rules/refund';
import { settle } from '#schema/rules/tender';
import { assert, present } from '#schema/values/assert';
import type { Currency } from '#schema/values/currency';
import type { MakeId } from '#schema/values/id';
import { toCash } from '#schema/values/money';
import type { NewFact } from './test-node.ts';

export interface Wish {
  product: PricedProduct;
  quantity: number;
}

export interface SaleOptions {
  currency?: Currency;
  businessDate?: string;
  receipt?: string;
  occurredAt?: number;
  /** Cash is rounded to this many minor units. */
  cashStep?: number | null;
}

export interface TestFacts {
  product(given?: Partial<PricedProduct> & { amount?: number }): PricedProduct;
  sale(wishes: readonly Wish[], options?: SaleOptions): NewFact & { body: SaleClosed };
  /** The sale's first line comes back in cash, all of it unless told otherwise. */
  back(storeId: string, sale: SaleClosed, quantity?: number): NewFact & { body: SaleReturned };
  /** For the next unit of the sale's line. */
  issue(productId: string, sale?: SaleClosed): NewFact & { body: VoucherIssued };
  finish(voucher: VoucherIssued, outcome: DispenseFinished['outcome']): NewFact & { body: DispenseFinished };
  unmatched(serial: number, outcome: DispenseUnmatched['outcome']): NewFact & { body: DispenseUnmatched };
  close(voucher: VoucherIssued, why: VoucherClosed['why']): NewFact & { body: VoucherClosed };
  move(
    productId: string,
    movement: StockMoved['movement'],
    quantity: number,
    directiveId?: string,
  ): NewFact & { body: StockMoved };
}

export function testFacts(makeId: MakeId): TestFacts {
  const tax = { id: makeId(), version: 1, rate: 1_100, inclusive: true };
  const tillId = makeId();
  const dispenserId = makeId();
  let receipts = 0;
  let serials = 0;
  const issued = new Map<string, number>();

  return {
    product: ({ amount = 1_800_000, ...given } = {}) => ({
      productId: makeId(),
      name: 'Kopi susu',
      quantityScale: 0,
      dispensable: false,
      price: { id: makeId(), version: 1, amount },
      tax,
      ...given,
    }),
    sale(wishes, { currency = 'IDR', businessDate = '2026-11-20', receipt, occurredAt, cashStep = null } = {}) {
      const lines = wishes.map(({ product, quantity }) => ({ lineId: makeId(), productId: product.productId, quantity }));
      const known = new Map(wishes.map(({ product }) => [product.productId, product]));
      const priced = priceCart(lines, { currency, product: (id) => known.get(id) });
      assert(priced.ok, priced.ok ? '' : priced.detail);
      const { net, tax: taxAmount, total, pricingVersion, discount, discounted, lines: pricedLines } = priced.value;
      const cash = { tenderId: makeId(), method: 'cash' as const, tendered: toCash(total, cashStep) };
      const settled = settle(total, [cash], { currency, cashStep });
      assert(settled.ok, settled.ok ? '' : settled.detail);
      const { tenders, rounding, due } = settled.value;
      receipts += 1;
      const body: SaleClosed = {
        saleId: makeId(),
        tillId,
        shiftId: null,
        receipt: receipt ?? `T1A-${String(receipts).padStart(6, '0')}`,
        businessDate,
        currency,
        pricingVersion,
        lines: pricedLines.map((line) => ({ ...line, note: null })),
        discount,
        discounted,
        net,
        tax: taxAmount,
        total,
        tip: 0,
        rounding,
        due,
        tenders,
        customerId: null,
        note: null,
        ageChecked: null,
        approvals: [],
        intent: '0'.repeat(64),
      };
      return { kind: 'sale.closed', body, ...(occurredAt !== undefined && { occurredAt }) };
    },
    back(storeId, sale, quantity) {
      const [line] = sale.lines;
      assert(line, 'a sale has lines');
      const { lineId, net, taxAmount, productId, name, quantityScale, tax } = line;
      const sold = { lineId, quantity: line.quantity, net, taxAmount, returned: 0, vouchered: 0 };
      const refund = refundOf([sold], [{ lineId, quantity: quantity ?? line.quantity }], sale.currency as Currency);
      assert(refund.ok, refund.ok ? '' : refund.detail);
      receipts += 1;
      const { lines, ...amounts } = refund.value;
      const body: SaleReturned = {
        returnId: makeId(),
        tillId,
        shiftId: null,
        receipt: `T1A-${String(receipts).padStart(6, '0')}`,
        businessDate: sale.businessDate,
        currency: sale.currency,
        original: { storeId, saleId: sale.saleId, receipt: sale.receipt },
        lines: lines.map((each) => ({ ...each, productId, name, quantityScale, taxRate: tax.rate, restock: true, units: [] })),
        ...amounts,
        rounding: 0,
        refunds: [{ refundId: makeId(), method: 'cash', amount: amounts.total, reference: null }],
        reason: 'Changed mind',
        approvedBy: null,
        intent: '0'.repeat(64),
      };
      return { kind: 'sale.returned', body };
    },
    issue(productId, sale) {
      serials += 1;
      const line =
        sale &&
        present(
          sale.lines.find((one) => one.productId === productId),
          'the sale has that product',
        );
      const unit = line ? (issued.get(line.lineId) ?? 0) : null;
      if (line) issued.set(line.lineId, (unit ?? 0) + 1);
      const place = { dispenserId, dispenserNumber: 7, slot: 0, epoch: 1, serial: serials, expiresAt: 1_900_000_000_000 };
      const voucherId = makeId();
      const body = {
        voucherId,
        firstVoucherId: voucherId,
        saleId: sale?.saleId ?? null,
        lineId: line?.lineId ?? null,
        unit,
        businessDate: sale?.businessDate ?? '2026-11-20',
        directiveId: null,
        productId,
      };
      return { kind: 'voucher.issued', body: { ...body, ...place } };
    },
    finish: ({ voucherId, saleId, productId, serial }, outcome) => ({
      kind: 'dispense.finished',
      body: { voucherId, saleId, productId, dispenserId, serial, unit: 0, outcome, reason: null },
    }),
    unmatched: (serial, outcome) => ({
      kind: 'dispense.unmatched',
      body: { dispenserId, dispenserNumber: 7, serial, unit: 0, slot: 0, productId: makeId(), outcome, reason: null },
    }),
    close: ({ voucherId, saleId, productId }, why) => ({ kind: 'voucher.closed', body: { voucherId, saleId, productId, why } }),
    move: (productId, movement, quantity, directiveId) => ({
      kind: 'stock.moved',
      body: {
        movementId: makeId(),
        productId,
        movement,
        quantity,
        reason: null,
        cost: null,
        lotCode: null,
        expiresOn: null,
        currency: null,
        approvedBy: null,
        directiveId: directiveId ?? null,
      },
    }),
  };
}
