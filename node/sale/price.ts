// What a sale costs at the node: shelf labels read by the store's patterns, the rule that the till ran too, and what is left of the goods.

import { type CartLine, type PricedCart, type PricingRefusal, priceCart } from '#schema/rules/pricing';
import { labelledSale, readShelfLabel } from '#schema/rules/shelf-label';
import { available } from '#schema/rules/stock';
import { currencies } from '#schema/values/currency';
import { ok, type Result, refuse } from '#schema/values/result';
import type { RefusalOf } from '#schema/wire/contract';
import type { CloseSale, saleContract } from '#schema/wire/sale';
import type { Catalogue, StoreBook } from '../replica/catalogue.ts';
import type { Store } from '../replica/store.ts';
import type { StockQueries } from '../stock/queries.ts';

type PriceRefusal = RefusalOf<typeof saleContract.close>;

interface PriceContext {
  catalogue: Catalogue;
  stock: StockQueries;
}

export function priceForSale(
  input: CloseSale,
  store: Store,
  { catalogue, stock }: PriceContext,
): Result<{ cart: PricedCart; book: StoreBook }, PriceRefusal> {
  if (input.currency !== store.currency)
    return refuse('wrong-currency', `This store sells in ${store.currency}, not in ${input.currency}.`, {
      field: 'currency',
      next: `Send amounts in ${store.currency}.`,
    });
  const book = catalogue.priceBook(store);
  const cart = priceCartOf(input, store, book);
  if (!cart.ok) return cart;
  if (cart.value.total !== input.total)
    return refuse('wrong-total', 'The total does not match its lines at today’s prices.', {
      field: 'total',
      next: 'Tell the customer the new total, then take payment.',
      facts: { total: cart.value.total },
    });
  return findShortage(input, book, stock) ?? ok({ cart: cart.value, book });
}

/** Also a sale that is not paid yet: its lines and discounts, without a word about payment. */
export function priceCartOf(
  input: Pick<CloseSale, 'lines' | 'discount'>,
  store: Store,
  book: StoreBook,
): Result<PricedCart, PricingRefusal> {
  const lines = cartLines(input.lines, store, book);
  return lines.ok ? priceCart(lines.value, book, input.discount ?? null) : lines;
}

function cartLines(wanted: CloseSale['lines'], store: Store, book: StoreBook): Result<CartLine[], 'bad-label'> {
  const lines: CartLine[] = [];
  for (const [index, { label, discount = null, lineId, productId, quantity }] of wanted.entries()) {
    const line = { lineId, productId, quantity, discount };
    if (label === undefined) {
      lines.push(line);
      continue;
    }
    const read = readShelfLabel(label, store.settings.labelPatterns);
    const product = book.product(productId);
    const sold = read && product?.pluCode === read.plu && labelledSale(read, product, currencies[store.currency].exponent);
    if (!sold || sold.quantity !== quantity)
      return refuse('bad-label', 'That label is not of this product, or its weight or price cannot be read.', {
        field: `lines[${index}].label`,
        next: 'Scan the label again, or print it anew.',
      });
    lines.push({ ...line, labelAmount: sold.labelAmount });
  }
  return ok(lines);
}

/** Goods that the store sells only while there are some. */
function findShortage(input: CloseSale, book: StoreBook, stock: StockQueries) {
  const wanted = new Map<string, number>();
  for (const { productId, quantity } of input.lines) wanted.set(productId, (wanted.get(productId) ?? 0) + quantity);
  for (const [productId, quantity] of wanted) {
    const product = book.product(productId);
    if (product?.stockPolicy !== 'forbid') continue;
    const left = available(stock.level(productId));
    if (left < quantity)
      return refuse('out-of-stock', `There is not enough ${product.name} left.`, {
        field: 'lines',
        next: 'Sell fewer, or receive goods first.',
        facts: { productId, available: left },
      });
  }
  return undefined;
}
