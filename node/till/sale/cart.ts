// The open sale: its lines, which one the keys act on, and every earlier state until it is paid, so that undo replaces asking.
import type { Discount } from '#schema/rules/discount';
import { type CartLine, MAX_QUANTITY } from '#schema/rules/pricing';

export interface SaleLine extends CartLine {
  /** The shop's own label where its price counts; such a line is one label, whatever else is sold of the product. */
  label?: string;
  note?: string;
}

/** Who buys, as the till shows it. */
export interface Buyer {
  id: string;
  name: string;
}

/** What a sale is made of: all of it is undone by Undo, and goes with the sale when it is held. */
export interface Goods {
  lines: readonly SaleLine[];
  /** Of the whole sale, beside what the lines have of their own. */
  discount: Discount | null;
  note: string | null;
  customer: Buyer | null;
  tip: number;
}

export interface Cart extends Goods {
  /** The line that `+`, `-` and Delete act on. */
  selected: string | null;
  past: readonly Goods[];
}

export const noGoods: Goods = { lines: [], discount: null, note: null, customer: null, tip: 0 };

export const emptyCart: Cart = { ...noGoods, selected: null, past: [] };

const PAST_LIMIT = 100;

export const goodsOf = ({ lines, discount, note, customer, tip }: Goods): Goods => ({ lines, discount, note, customer, tip });

export const cartOf = (goods: Goods): Cart => ({ ...goodsOf(goods), selected: goods.lines.at(-1)?.lineId ?? null, past: [] });

/** Somebody has begun it: there is something to lose. */
export const isBegun = ({ lines, note, customer }: Goods): boolean => lines.length > 0 || note !== null || customer !== null;

const changed = (cart: Cart, goods: Partial<Goods>, selected = cart.selected): Cart => ({
  ...goodsOf(cart),
  ...goods,
  selected,
  past: [...cart.past, goodsOf(cart)].slice(-PAST_LIMIT),
});

/** What is said of a sale and taken off it is gone with its last line. */
const withLines = (cart: Cart, lines: readonly SaleLine[], selected: string | null): Cart =>
  changed(cart, lines.length === 0 ? noGoods : { lines }, selected);

const withinLimits = (quantity: number): number => Math.min(Math.max(quantity, 0), MAX_QUANTITY);

/** Adds to the line that the product already has, so that a second scan counts on instead of filling the list. */
export function addToCart(cart: Cart, item: SaleLine): Cart {
  const known = cart.lines.find((line) => line.productId === item.productId && !line.label && !item.label);
  if (known) return setQuantity(cart, known.lineId, known.quantity + item.quantity);
  const line = { ...item, quantity: withinLimits(item.quantity) };
  return line.quantity > 0 ? withLines(cart, [...cart.lines, line], line.lineId) : cart;
}

/** Nothing left of a line removes it. */
export function setQuantity(cart: Cart, lineId: string, quantity: number): Cart {
  const wanted = withinLimits(quantity);
  if (wanted === 0) return removeLine(cart, lineId);
  const line = cart.lines.find((each) => each.lineId === lineId);
  if (!line || line.label) return cart;
  if (line.quantity === wanted) return selectLine(cart, lineId);
  const lines = cart.lines.map((each) => (each === line ? { ...line, quantity: wanted } : each));
  return withLines(cart, lines, lineId);
}

export function removeLine(cart: Cart, lineId: string): Cart {
  const index = cart.lines.findIndex((line) => line.lineId === lineId);
  if (index < 0) return cart;
  const lines = cart.lines.filter((line) => line.lineId !== lineId);
  const neighbour = lines[Math.min(index, lines.length - 1)];
  return withLines(cart, lines, neighbour?.lineId ?? null);
}

/** Back to the lines before the last change; what it brings back or changes again is selected. */
export function undo(cart: Cart): Cart {
  const goods = cart.past.at(-1);
  if (!goods) return cart;
  const { lines } = goods;
  const touched = lines.find((line) => !cart.lines.includes(line));
  const kept = lines.some((line) => line.lineId === cart.selected) ? cart.selected : (lines.at(-1)?.lineId ?? null);
  return { ...goods, selected: touched?.lineId ?? kept, past: cart.past.slice(0, -1) };
}

/** Of one line, or of the whole sale where none is named; null takes it away. */
export function setDiscount(cart: Cart, lineId: string | null, discount: Discount | null): Cart {
  if (cart.lines.length === 0) return cart;
  if (lineId === null) return changed(cart, { discount });
  const lines = cart.lines.map((line) => (line.lineId === lineId ? { ...line, discount } : line));
  return withLines(cart, lines, lineId);
}

/** Of one line, or of the whole sale where none is named; nothing written takes it away. */
export function setNote(cart: Cart, lineId: string | null, text: string): Cart {
  const note = text.trim();
  if (lineId === null) return (cart.note ?? '') === note ? cart : changed(cart, { note: note || null });
  const line = cart.lines.find((each) => each.lineId === lineId);
  if (!line || (line.note ?? '') === note) return cart;
  const { note: _, ...bare } = line;
  const noted = note === '' ? bare : { ...bare, note };
  return withLines(
    cart,
    cart.lines.map((each) => (each === line ? noted : each)),
    lineId,
  );
}

export const setCustomer = (cart: Cart, customer: Buyer | null): Cart =>
  cart.customer?.id === customer?.id ? cart : changed(cart, { customer });

export const setTip = (cart: Cart, tip: number): Cart =>
  cart.lines.length === 0 || cart.tip === tip ? cart : changed(cart, { tip });

export const selectLine = (cart: Cart, lineId: string): Cart =>
  cart.selected !== lineId && cart.lines.some((line) => line.lineId === lineId) ? { ...cart, selected: lineId } : cart;

export function moveSelection(cart: Cart, step: 1 | -1): Cart {
  const index = cart.lines.findIndex((line) => line.lineId === cart.selected);
  const next = cart.lines[Math.min(Math.max(index + step, 0), cart.lines.length - 1)];
  return next ? selectLine(cart, next.lineId) : cart;
}

export const selectedLine = (cart: Cart): SaleLine | undefined => cart.lines.find((line) => line.lineId === cart.selected);

/**
 * What is still unsold after a sale was saved. Usually nothing; when the answer was lost and the cashier went on adding, the goods
 * beyond what was sold stay in the cart instead of leaving the shop unpaid.
 */
export function unsold(cart: Cart, sold: readonly { lineId: string; quantity: number }[]): Cart {
  const lines = cart.lines.flatMap((line) => {
    const quantity = line.quantity - (sold.find((each) => each.lineId === line.lineId)?.quantity ?? 0);
    return quantity > 0 ? [{ ...line, quantity }] : [];
  });
  // What was given for the whole, and said of it, was of what is paid now.
  return cartOf({ ...noGoods, lines });
}
