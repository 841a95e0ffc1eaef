// What a cart costs: one pure function that the till, the node and the centre all run. A fact carries the rule version and the
// price and tax rows used, so the centre can compute it again and open an exception on a difference.
import type { Currency } from '../values/currency.ts';
import { scale } from '../values/integer.ts';
import { sumAmounts, toPayable } from '../values/money.ts';
import { ok, type Result, refuse } from '../values/result.ts';
import { applyTax, type TaxRate } from './tax.ts';

/** Raised whenever the same inputs would give other amounts. */
export const PRICING_VERSION = 1;

/** The most of one thing on one line, in units of its scale: beyond it a slip of the finger is likelier than a sale. */
export const MAX_QUANTITY = 1_000_000;

export interface PricedProduct {
  productId: string;
  name: string;
  /** Decimal digits of a quantity: 0 for pieces; 3 for grams under a price per kilogram. */
  quantityScale: number;
  dispensable: boolean;
  price: { id: string; version: number; amount: number };
  tax: TaxRate;
}

export interface PriceBook {
  currency: Currency;
  product(productId: string): PricedProduct | undefined;
}

export interface CartLine {
  lineId: string;
  productId: string;
  quantity: number;
}

export interface PricedLine extends CartLine {
  name: string;
  quantityScale: number;
  dispensable: boolean;
  price: { id: string; version: number; amount: number };
  tax: TaxRate;
  net: number;
  taxAmount: number;
  total: number;
}

export interface PricedCart {
  currency: Currency;
  pricingVersion: number;
  lines: PricedLine[];
  net: number;
  tax: number;
  total: number;
}

export type PricingRefusal = 'empty-cart' | 'unknown-product' | 'bad-quantity' | 'repeated-line';

export function priceCart(lines: readonly CartLine[], book: PriceBook): Result<PricedCart, PricingRefusal> {
  if (lines.length === 0) return refuse('empty-cart', 'There is nothing in the sale.', { field: 'lines', next: 'Add an item.' });
  const priced: PricedLine[] = [];
  const seen = new Set<string>();
  for (const [index, line] of lines.entries()) {
    if (seen.has(line.lineId)) return refuse('repeated-line', 'Two lines have the same id.', { field: `lines[${index}].lineId` });
    seen.add(line.lineId);
    const result = priceLine(line, index, book);
    if (!result.ok) return result;
    priced.push(result.value);
  }
  const net = sumAmounts(priced.map((line) => line.net));
  const tax = sumAmounts(priced.map((line) => line.taxAmount));
  return ok({ currency: book.currency, pricingVersion: PRICING_VERSION, lines: priced, net, tax, total: net + tax });
}

function priceLine(line: CartLine, index: number, book: PriceBook): Result<PricedLine, PricingRefusal> {
  const product = book.product(line.productId);
  if (!product)
    return refuse('unknown-product', 'This store does not sell that product, or it has no price yet.', {
      field: `lines[${index}].productId`,
      next: 'Remove the line, or wait until the catalogue has arrived.',
    });
  if (!Number.isSafeInteger(line.quantity) || line.quantity <= 0 || line.quantity > MAX_QUANTITY)
    return refuse('bad-quantity', `A quantity is a whole number from 1 to ${MAX_QUANTITY}.`, {
      field: `lines[${index}].quantity`,
    });
  if (product.dispensable && product.quantityScale !== 0)
    return refuse('bad-quantity', 'What a dispenser pours is sold in whole units.', { field: `lines[${index}].quantity` });
  const gross = toPayable(scale(product.price.amount, line.quantity, 10 ** product.quantityScale), book.currency);
  const { net, tax, total } = applyTax(gross, product.tax, book.currency);
  const { name, quantityScale, dispensable, price } = product;
  return ok({ ...line, name, quantityScale, dispensable, price, tax: product.tax, net, taxAmount: tax, total });
}
