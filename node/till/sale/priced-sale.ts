// The open sale with its amounts, from the same rule that the node and the centre run. A line whose product is no longer sold is
// shown as such and keeps the rest from being paid, instead of making the whole sale unreadable.
import { type PricedLine, priceCart } from '#schema/rules/pricing';
import type { Currency } from '#schema/values/currency';
import { toCash } from '#schema/values/money';
import { type Catalogue, priceBookOf } from '../catalogue/catalogue.ts';
import type { Cart } from './cart.ts';

export type ShownLine = { lineId: string; productId: string; quantity: number } & (
  | { sold: true; priced: PricedLine }
  | { sold: false }
);

export interface PricedSale {
  currency: Currency;
  lines: ShownLine[];
  net: number;
  tax: number;
  total: number;
  /** What is asked for in cash, and what rounding gives or takes for it. */
  cashDue: number;
  rounding: number;
  /** Pieces, for people: a weighed line counts as one. */
  items: number;
  allSold: boolean;
}

export function priceSale(
  cart: Pick<Cart, 'lines'>,
  catalogue: Catalogue,
  store: { currency: Currency; cashStep: number | null },
): PricedSale {
  const book = priceBookOf(catalogue, store.currency);
  const lines = cart.lines.map((line): ShownLine => {
    const priced = priceCart([line], book);
    const [first] = priced.ok ? priced.value.lines : [];
    return first ? { ...line, sold: true, priced: first } : { ...line, sold: false };
  });
  const whole = priceCart(
    cart.lines.filter((_, index) => lines[index]?.sold),
    book,
  );
  const { net, tax, total } = whole.ok ? whole.value : { net: 0, tax: 0, total: 0 };
  const cashDue = toCash(total, store.cashStep);
  const items = lines.reduce((sum, line) => sum + (line.sold && line.priced.quantityScale === 0 ? line.quantity : 1), 0);
  return {
    currency: store.currency,
    lines,
    net,
    tax,
    total,
    cashDue,
    rounding: cashDue - total,
    items,
    allSold: lines.every((line) => line.sold),
  };
}

/** `2`, `1,250`: a quantity as it is sold. */
export function quantityText(quantity: number, scale: number): string {
  if (scale === 0) return String(quantity);
  const digits = String(quantity).padStart(scale + 1, '0');
  return `${digits.slice(0, -scale)},${digits.slice(-scale)}`;
}
