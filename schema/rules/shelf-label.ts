// Barcodes that a shop's own scale prints: an EAN-13 whose digits carry an item and its price or weight. Which prefix means what is the
// store's setting, because every country and retailer lays the digits out its own way.
import { scale } from '../values/integer.ts';
import { checkDigit } from './gtin.ts';

export interface LabelPattern {
  /** The leading digits: 02, 20 to 29. */
  prefix: string;
  carries: 'price' | 'weight';
  itemDigits: number;
  /** A scale may print a check digit over the price between item and price; it is skipped. */
  priceCheck: boolean;
  /** Decimals of the price in the currency's main unit, or of the weight in the product's unit. */
  decimals: number;
}

export interface ShelfLabel {
  carries: 'price' | 'weight';
  /** The item's number, without leading zeros. */
  plu: string;
  /** As printed: an integer with this many decimals. */
  value: number;
  decimals: number;
}

const LENGTH = 13;

/** What a label says; undefined when no pattern fits or its check digit is wrong. */
export function readShelfLabel(code: string, patterns: readonly LabelPattern[]): ShelfLabel | undefined {
  if (!/^\d{13}$/.test(code) || checkDigit(code.slice(0, -1)) !== Number(code.at(-1))) return undefined;
  const pattern = patterns.find(({ prefix }) => code.startsWith(prefix));
  if (!pattern) return undefined;
  const { prefix, carries, itemDigits, priceCheck, decimals } = pattern;
  const valueFrom = prefix.length + itemDigits + (priceCheck ? 1 : 0);
  const plu = code.slice(prefix.length, prefix.length + itemDigits).replace(/^0+(?=\d)/, '');
  return { carries, plu, value: Number(code.slice(valueFrom, LENGTH - 1)), decimals };
}

/** The printed value with as many decimals as the product or the currency has; undefined where digits would be lost. */
export function labelValue({ value, decimals }: ShelfLabel, wanted: number): number | undefined {
  if (wanted >= decimals) return value * 10 ** (wanted - decimals);
  const divisor = 10 ** (decimals - wanted);
  return value % divisor === 0 ? value / divisor : undefined;
}

/** What is sold by a label: how much, and for how much where the label says so. */
export interface LabelledSale {
  quantity: number;
  labelAmount: number | null;
}

/** Undefined where the label's digits do not fit the product or the currency. */
export function labelledSale(
  label: ShelfLabel,
  product: { quantityScale: number; price: { amount: number } },
  exponent: number,
): LabelledSale | undefined {
  if (label.carries === 'weight') {
    const quantity = labelValue(label, product.quantityScale);
    return quantity === undefined || quantity === 0 ? undefined : { quantity, labelAmount: null };
  }
  const labelAmount = labelValue(label, exponent);
  if (labelAmount === undefined || labelAmount === 0) return undefined;
  // What was weighed follows from its price; by the piece a label is one piece.
  const byPrice = product.price.amount > 0 && product.quantityScale > 0;
  const quantity = byPrice ? Math.max(1, scale(labelAmount, 10 ** product.quantityScale, product.price.amount)) : 1;
  return { quantity, labelAmount };
}
