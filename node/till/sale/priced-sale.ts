// The open sale with its amounts, from the same rule that the node and the centre run. A line whose product is no longer sold is
// shown as such and keeps the rest from being paid, instead of making the whole sale unreadable.
import { type PriceBook, type PricedLine, priceCart } from '#schema/rules/pricing';
import type { Currency } from '#schema/values/currency';
import { toCash } from '#schema/values/money';
import { type Catalogue, priceBookOf } from '../catalogue/catalogue.ts';
import type { Cart, SaleLine } from './cart.ts';

export type ShownLine = { lineId: string; productId: string; quantity: number } & (
  | { sold: true; fits: boolean; priced: PricedLine }
  | { sold: false }
);

export interface PricedSale {
  currency: Currency;
  lines: ShownLine[];
  /** What all discounts took. */
  discounted: number;
  net: number;
  tax: number;
  total: number;
  tip: number;
  /** What other payments have left to pay. */
  rest: number;
  /** What is asked for in cash, and what rounding gives or takes for it. */
  cashDue: number;
  rounding: number;
  /** Pieces, for people: a weighed line counts as one. */
  items: number;
  allSold: boolean;
  /** Whether every discount is at most what it is taken from. */
  allFit: boolean;
}

/** A discount that has got larger than what it is taken from is left out and told of, instead of making the line unreadable. */
function shownLine(line: SaleLine, book: PriceBook): ShownLine {
  const priced = priceCart([line], book);
  const counted = priced.ok || priced.code !== 'bad-discount' ? priced : priceCart([{ ...line, discount: null }], book);
  const [first] = counted.ok ? counted.value.lines : [];
  const { lineId, productId, quantity } = line;
  const own = { lineId, productId, quantity };
  return first ? { ...own, sold: true, fits: priced.ok, priced: first } : { ...own, sold: false };
}

export function priceSale(
  cart: Pick<Cart, 'lines' | 'discount' | 'tip'>,
  catalogue: Catalogue,
  store: { currency: Currency; cashStep: number | null },
  charged = 0,
): PricedSale {
  const book = priceBookOf(catalogue, store.currency);
  const lines = cart.lines.map((line) => shownLine(line, book));
  const counted = lines.flatMap((line) => (line.sold ? [line.priced] : []));
  const asked = priceCart(counted, book, cart.discount);
  const whole = asked.ok ? asked : priceCart(counted, book);
  const { discounted, net, tax, total } = whole.ok ? whole.value : { discounted: 0, net: 0, tax: 0, total: 0 };
  const rest = total + cart.tip - charged;
  const cashDue = toCash(rest, store.cashStep);
  const items = lines.reduce((sum, line) => sum + (line.sold && line.priced.quantityScale === 0 ? line.quantity : 1), 0);
  return {
    currency: store.currency,
    lines,
    discounted,
    net,
    tax,
    total,
    tip: cart.tip,
    rest,
    cashDue,
    rounding: cashDue - rest,
    items,
    allSold: lines.every((line) => line.sold),
    allFit: (asked.ok || counted.length === 0) && lines.every((line) => !line.sold || line.fits),
  };
}

/** `2`, `1,250`: a quantity as it is sold. */
export function quantityText(quantity: number, scale: number): string {
  if (scale === 0) return String(quantity);
  const digits = String(quantity).padStart(scale + 1, '0');
  return `${digits.slice(0, -scale)},${digits.slice(-scale)}`;
}
