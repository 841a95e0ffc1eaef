// A sale as it is answered, made from the fact that was just written: what queries.ts reads back from its rows is the same, and takes an
// eighth of the time of a sale.
import type { SaleClosed } from '#schema/facts/sale-closed';
import { isoTime } from '#schema/values/time';
import type { Sale } from '#schema/wire/sale';

/** What does not stand in the sale itself, or follows from it. */
export type SaleBeside = Pick<Sale, 'tendered' | 'change' | 'vouchers' | 'belowZero'>;

interface ClosedSale {
  body: SaleClosed;
  occurredAt: number;
  staff: string | null;
}

export const saleFromFact = ({ body, occurredAt, staff }: ClosedSale, beside: SaleBeside): Sale => ({
  id: body.saleId,
  receipt: body.receipt,
  tillId: body.tillId,
  shiftId: body.shiftId,
  staffId: staff,
  businessDate: body.businessDate,
  occurredAt: isoTime(occurredAt),
  currency: body.currency,
  lines: body.lines.map(lineFromFact),
  discounted: body.discounted,
  net: body.net,
  tax: body.tax,
  total: body.total,
  tip: body.tip,
  rounding: body.rounding,
  due: body.due,
  tenders: body.tenders.toSorted((one, other) => (one.tenderId < other.tenderId ? -1 : 1)),
  tendered: beside.tendered,
  change: beside.change,
  customerId: body.customerId,
  note: body.note,
  vouchers: beside.vouchers,
  belowZero: beside.belowZero,
});

const lineFromFact = (line: SaleClosed['lines'][number]): Sale['lines'][number] => ({
  lineId: line.lineId,
  productId: line.productId,
  name: line.name,
  quantity: line.quantity,
  quantityScale: line.quantityScale,
  unitPrice: line.price.amount,
  gross: line.gross,
  discounted: line.discounted + line.cartShare,
  net: line.net,
  taxRate: line.tax.rate,
  tax: line.taxAmount,
  total: line.total,
  dispensable: line.dispensable,
  note: line.note,
});
