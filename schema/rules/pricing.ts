// What a cart costs: one pure function that the till, the node and the centre all run. A fact carries the rule version and the
// price and tax rows used, so the centre can compute it again and open an exception on a difference.
import type { Currency } from '../values/currency.ts';
import { scale } from '../values/integer.ts';
import { isPayable, sumAmounts, toPayable } from '../values/money.ts';
import { ok, type Result, refuse } from '../values/result.ts';
import { type Discount, discountOf, shareOut } from './discount.ts';
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
  /** The price that a shelf label printed for the whole line; null where the product's own price counts. */
  labelAmount?: number | null;
  discount?: Discount | null;
}

export interface PricedLine extends Required<CartLine> {
  name: string;
  quantityScale: number;
  dispensable: boolean;
  price: { id: string; version: number; amount: number };
  tax: TaxRate;
  /** Before any discount. */
  gross: number;
  /** What the line's own discount took, and its share of the cart's. */
  discounted: number;
  cartShare: number;
  net: number;
  taxAmount: number;
  total: number;
}

export interface PricedCart {
  currency: Currency;
  pricingVersion: number;
  lines: PricedLine[];
  discount: Discount | null;
  /** What all discounts took, the lines' own and the cart's. */
  discounted: number;
  net: number;
  tax: number;
  total: number;
}

export type PricingRefusal = 'empty-cart' | 'unknown-product' | 'bad-quantity' | 'repeated-line' | 'bad-discount' | 'bad-label';

interface GrossLine extends Required<CartLine> {
  product: PricedProduct;
  gross: number;
  discounted: number;
}

export function priceCart(
  lines: readonly CartLine[],
  book: PriceBook,
  discount: Discount | null = null,
): Result<PricedCart, PricingRefusal> {
  if (lines.length === 0) return refuse('empty-cart', 'There is nothing in the sale.', { field: 'lines', next: 'Add an item.' });
  const gross = grossLines(lines, book);
  if (!gross.ok) return gross;
  const bases = gross.value.map((line) => line.gross - line.discounted);
  const off = discountOf(discount, sumAmounts(bases), book.currency, 'discount');
  if (!off.ok) return off;
  const shares = shareOut(off.value, bases, book.currency);
  const priced = gross.value.map((line, index) => taxedLine(line, shares[index] ?? 0, book.currency));
  const net = sumAmounts(priced.map((line) => line.net));
  const tax = sumAmounts(priced.map((line) => line.taxAmount));
  const discounted = sumAmounts(gross.value.map((line) => line.discounted)) + off.value;
  const pricingVersion = PRICING_VERSION;
  return ok({ currency: book.currency, pricingVersion, lines: priced, discount, discounted, net, tax, total: net + tax });
}

function grossLines(lines: readonly CartLine[], book: PriceBook): Result<GrossLine[], PricingRefusal> {
  const found: GrossLine[] = [];
  const seen = new Set<string>();
  for (const [index, line] of lines.entries()) {
    if (seen.has(line.lineId)) return refuse('repeated-line', 'Two lines have the same id.', { field: `lines[${index}].lineId` });
    seen.add(line.lineId);
    const gross = grossLine(line, index, book);
    if (!gross.ok) return gross;
    found.push(gross.value);
  }
  return ok(found);
}

function grossLine(line: CartLine, index: number, book: PriceBook): Result<GrossLine, PricingRefusal> {
  const { lineId, productId, quantity, labelAmount = null, discount = null } = line;
  const { currency } = book;
  const product = book.product(productId);
  if (!product)
    return refuse('unknown-product', 'This store does not sell that product, or it has no price yet.', {
      field: `lines[${index}].productId`,
      next: 'Remove the line, or wait until the catalogue has arrived.',
    });
  const wrong = wrongQuantity(quantity, product);
  if (wrong) return refuse('bad-quantity', wrong, { field: `lines[${index}].quantity` });
  if (labelAmount !== null && (labelAmount <= 0 || !isPayable(labelAmount, currency)))
    return refuse('bad-label', 'The label carries a price that cannot be paid.', { field: `lines[${index}].labelAmount` });
  const gross = labelAmount ?? toPayable(scale(product.price.amount, quantity, 10 ** product.quantityScale), currency);
  const off = discountOf(discount, gross, currency, `lines[${index}].discount`);
  return off.ok ? ok({ lineId, productId, quantity, labelAmount, discount, product, gross, discounted: off.value }) : off;
}

function wrongQuantity(quantity: number, { dispensable, quantityScale }: PricedProduct): string | undefined {
  if (!Number.isSafeInteger(quantity) || quantity <= 0 || quantity > MAX_QUANTITY)
    return `A quantity is a whole number from 1 to ${MAX_QUANTITY}.`;
  return dispensable && quantityScale !== 0 ? 'What a dispenser pours is sold in whole units.' : undefined;
}

// Field by field: a copy with more fields takes a hundred times as long, and this runs for each line of each sale.
function taxedLine(line: GrossLine, cartShare: number, currency: Currency): PricedLine {
  const { product, gross, discounted } = line;
  const taxed = applyTax(gross - discounted - cartShare, product.tax, currency);
  return {
    lineId: line.lineId,
    productId: line.productId,
    quantity: line.quantity,
    labelAmount: line.labelAmount,
    discount: line.discount,
    name: product.name,
    quantityScale: product.quantityScale,
    dispensable: product.dispensable,
    price: product.price,
    tax: product.tax,
    gross,
    discounted,
    cartShare,
    net: taxed.net,
    taxAmount: taxed.tax,
    total: taxed.total,
  };
}
