// SELL: what a till asks for becomes one fact, priced by the rule that the till and the centre run too, and the vouchers it is owed.
import { textHash } from '#schema/facts/chain';
import { saleClosed } from '#schema/facts/sale-closed';
import { type PricedCart, type PricedLine, priceCart } from '#schema/rules/pricing';
import { available } from '#schema/rules/stock';
import { type Settled, settle } from '#schema/rules/tender';
import { canonical } from '#schema/values/canonical';
import { ok, type Result, refuse } from '#schema/values/result';
import { businessDate } from '#schema/values/time';
import type { RefusalOf } from '#schema/wire/contract';
import type { CloseSale, Sale, saleContract } from '#schema/wire/sale';
import type { Minter } from '../dispense/mint.ts';
import type { Commit } from '../journal/commit.ts';
import type { Catalogue } from '../replica/catalogue.ts';
import type { Store, StoreReplica } from '../replica/store.ts';
import type { StockQueries } from '../stock/queries.ts';
import type { SaleQueries } from './queries.ts';
import { receiptNumber, seriesName } from './receipt-number.ts';

export interface SaleContext {
  stores: StoreReplica;
  catalogue: Catalogue;
  sales: SaleQueries;
  stock: StockQueries;
  minter: Minter;
}

export interface SellingTill {
  id: string;
  code: string;
}

type CloseRefusal = RefusalOf<typeof saleContract.close>;

/** What the till asked for, as a hash: the same id with another wish is told apart, after a rebuild too. */
export const intentOf = (input: CloseSale, tillId: string): string => textHash(canonical({ ...input, tillId }));

export function closeSale(commit: Commit, input: CloseSale, till: SellingTill, context: SaleContext): Result<Sale, CloseRefusal> {
  const intent = intentOf(input, till.id);
  const known = context.sales.intent(input.id);
  if (known !== undefined) return repeatedSale(known === intent, input.id, context);
  const store = context.stores.current();
  if (!store)
    return refuse('not-ready', 'This store box has not received its store yet.', {
      next: 'Connect it to the centre once, then sell.',
    });
  const cart = priceForSale(input, store, context);
  if (!cart.ok) return cart;
  const settled = settle(cart.value.total + (input.tip ?? 0), input.tenders, {
    currency: store.currency,
    cashStep: store.settings.cashStep,
  });
  if (!settled.ok) return settled;
  appendSale(commit, { input, intent, till, store, cart: cart.value, settled: settled.value }, context);
  const minted = mintVouchers(commit, input.id, cart.value, context.minter);
  return minted.ok ? ok(context.sales.show(input.id)) : minted;
}

function repeatedSale(same: boolean, id: string, { sales }: SaleContext): Result<Sale, CloseRefusal> {
  return same
    ? ok(sales.show(id))
    : refuse('id-reused', 'That sale id was used for another sale.', { field: 'id', next: 'Make a new id for a new sale.' });
}

function priceForSale(input: CloseSale, store: Store, { catalogue, stock }: SaleContext): Result<PricedCart, CloseRefusal> {
  if (input.currency !== store.currency)
    return refuse('wrong-currency', `This store sells in ${store.currency}, not in ${input.currency}.`, { field: 'currency' });
  const book = catalogue.priceBook(store);
  const lines = input.lines.map(({ discount = null, ...line }) => ({ ...line, discount }));
  const cart = priceCart(lines, book, input.discount ?? null);
  if (!cart.ok) return cart;
  if (cart.value.total !== input.total)
    return refuse('wrong-total', 'The total does not match its lines at today’s prices.', {
      field: 'total',
      next: 'Tell the customer the new total, then take payment.',
      facts: { total: cart.value.total },
    });
  const wanted = new Map<string, number>();
  for (const { productId, quantity } of input.lines) wanted.set(productId, (wanted.get(productId) ?? 0) + quantity);
  for (const [productId, quantity] of wanted) {
    const product = book.product(productId);
    if (product?.stockPolicy === 'forbid' && available(stock.level(productId)) < quantity)
      return refuse('out-of-stock', `There is not enough ${product.name} left.`, {
        field: 'lines',
        next: 'Sell fewer, or receive goods first.',
        facts: { productId, available: available(stock.level(productId)) },
      });
  }
  return cart;
}

interface ClosingSale {
  input: CloseSale;
  intent: string;
  till: SellingTill;
  store: Store;
  cart: PricedCart;
  settled: Settled;
}

function appendSale(commit: Commit, { input, intent, till, store, cart, settled }: ClosingSale, { sales }: SaleContext): void {
  const { currency, pricingVersion, discount, discounted, net, tax, total } = cart;
  const series = seriesName(till.code, commit.generation);
  const notes = new Map(input.lines.map(({ lineId, note }) => [lineId, note]));
  commit.append(saleClosed, {
    saleId: input.id,
    tillId: till.id,
    shiftId: null,
    receipt: receiptNumber(series, sales.lastOfSeries(series) + 1),
    businessDate: businessDate(commit.now, store.timeZone, store.settings.cutOverHour),
    currency,
    pricingVersion,
    lines: cart.lines.map((line) => ({ ...lineOf(line), note: notes.get(line.lineId) ?? null })),
    discount,
    discounted,
    net,
    tax,
    total,
    tip: input.tip ?? 0,
    rounding: settled.rounding,
    due: settled.due,
    tenders: settled.tenders,
    customerId: input.customerId ?? null,
    note: input.note ?? null,
    ageChecked: input.ageChecked ?? null,
    approvedBy: null,
    intent,
  });
}

/** Written out field by field: what stands in a fact is chosen, not whatever the price book happens to carry. */
const lineOf = ({ price, tax, ...line }: PricedLine) => ({
  lineId: line.lineId,
  productId: line.productId,
  name: line.name,
  quantity: line.quantity,
  quantityScale: line.quantityScale,
  dispensable: line.dispensable,
  price: { id: price.id, version: price.version, amount: price.amount },
  tax: { id: tax.id, version: tax.version, rate: tax.rate, inclusive: tax.inclusive },
  labelAmount: line.labelAmount,
  discount: line.discount,
  gross: line.gross,
  discounted: line.discounted,
  cartShare: line.cartShare,
  net: line.net,
  taxAmount: line.taxAmount,
  total: line.total,
});

function mintVouchers(commit: Commit, saleId: string, cart: PricedCart, minter: Minter): Result<null, CloseRefusal> {
  for (const { lineId, productId, quantity, dispensable } of cart.lines) {
    for (let unit = 0; dispensable && unit < quantity; unit++) {
      const minted = minter.mint(commit, { saleId, lineId, productId, directiveId: null });
      if (!minted.ok) return minted;
    }
  }
  return ok(null);
}
