// SELL: what a till asks for becomes one fact, priced by the rule that the till and the centre run too, and the vouchers it is owed.
import { textHash } from '#schema/facts/chain';
import { type SaleClosed, saleClosed } from '#schema/facts/sale-closed';
import type { PricedCart, PricedLine } from '#schema/rules/pricing';
import { type Settled, settle } from '#schema/rules/tender';
import { canonical } from '#schema/values/canonical';
import { ok, type Result, refuse } from '#schema/values/result';
import { businessDate } from '#schema/values/time';
import type { RefusalOf } from '#schema/wire/contract';
import type { CloseSale, Sale, saleContract } from '#schema/wire/sale';
import type { Person } from '../base/caller.ts';
import type { CustomerQueries } from '../customer/queries.ts';
import type { Minter } from '../dispense/mint.ts';
import type { Drafts } from '../draft/drafts.ts';
import type { Commit } from '../journal/commit.ts';
import type { Catalogue } from '../replica/catalogue.ts';
import type { Store, StoreReplica } from '../replica/store.ts';
import type { BusinessDays } from '../report/business-day.ts';
import { type ShiftQueries, workingShift } from '../shift/queries.ts';
import type { Approvals } from '../staff/approval.ts';
import type { StockQueries } from '../stock/queries.ts';
import { checkAge, checkCustomer, checkMethods, takeApprovals } from './policy.ts';
import { priceForSale } from './price.ts';
import type { SaleQueries } from './queries.ts';
import { receiptNumber, seriesName } from './receipt-number.ts';

export interface SaleContext {
  stores: StoreReplica;
  catalogue: Catalogue;
  sales: SaleQueries;
  stock: StockQueries;
  minter: Minter;
  approvals: Approvals;
  customers: CustomerQueries;
  shifts: ShiftQueries;
  days: BusinessDays;
  saleDrafts: Drafts;
}

/** Who sells, and where: nobody is signed in where the store has no staff. */
export interface Seller {
  till: { id: string; code: string };
  person: Person | null;
}

type CloseRefusal = RefusalOf<typeof saleContract.close>;

/** What the till asked for, as a hash: the same id with another wish is told apart, after a rebuild too. */
export const intentOf = (input: CloseSale, tillId: string): string => textHash(canonical([tillId, input]));

export function closeSale(commit: Commit, input: CloseSale, seller: Seller, context: SaleContext): Result<Sale, CloseRefusal> {
  const intent = intentOf(input, seller.till.id);
  const known = context.sales.intent(input.id);
  if (known !== undefined || context.sales.voided(input.id)) return repeatedSale(known === intent, input.id, context);
  const store = context.stores.current();
  if (!store)
    return refuse('not-ready', 'This store box has not received its store yet.', {
      next: 'Connect it to the centre once, then sell.',
    });
  const shift = workingShift(context.shifts, seller.till.id, store.settings);
  if (!shift.ok) return shift;
  const priced = priceForSale(input, store, context);
  if (!priced.ok) return priced;
  const { cart, book } = priced.value;
  const methods = checkMethods(input, store.settings);
  if (!methods.ok) return methods;
  const buyer = checkCustomer(input, businessDate(commit.now, store.timeZone, 0), context.customers);
  if (!buyer.ok) return buyer;
  const age = checkAge(input, book, buyer.value.provenAge);
  if (!age.ok) return age;
  const { currency, settings } = store;
  const settled = settle(cart.total + (input.tip ?? 0), input.tenders, { currency, cashStep: settings.cashStep });
  if (!settled.ok) return settled;
  const approvals = takeApprovals(commit, input, cart, { ...seller, settings, approvals: context.approvals });
  if (!approvals.ok) return approvals;
  const closing = { input, intent, seller, store, cart, settled: settled.value, approvals: approvals.value };
  const body = appendSale(commit, closing, context);
  context.saleDrafts.done(input.id);
  const staff = seller.person?.id ?? null;
  const minted = mintVouchers(commit, input.id, cart, { minter: context.minter, staff });
  return minted.ok ? ok(context.sales.closed(body, commit.now, staff)) : minted;
}

function repeatedSale(same: boolean, id: string, { sales }: SaleContext): Result<Sale, CloseRefusal> {
  return same
    ? ok(sales.show(id))
    : refuse('id-reused', 'That sale id was used for another sale.', { field: 'id', next: 'Make a new id for a new sale.' });
}

interface ClosingSale {
  input: CloseSale;
  intent: string;
  seller: Seller;
  store: Store;
  cart: PricedCart;
  settled: Settled;
  approvals: SaleClosed['approvals'];
}

function appendSale(commit: Commit, closing: ClosingSale, { sales, shifts, days }: SaleContext): SaleClosed {
  const { input, intent, seller, store, cart, settled, approvals } = closing;
  const { till, person } = seller;
  const { currency, pricingVersion, discount, discounted, net, tax, total } = cart;
  const series = seriesName(till.code, commit.generation);
  const notes = new Map(input.lines.map(({ lineId, note }) => [lineId, note]));
  const body: SaleClosed = {
    saleId: input.id,
    tillId: till.id,
    shiftId: shifts.openShift(till.id),
    receipt: receiptNumber(series, sales.lastOfSeries(series) + 1),
    businessDate: days.at(commit.now, store),
    currency,
    pricingVersion,
    lines: cart.lines.map((line) => lineOf(line, notes.get(line.lineId) ?? null)),
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
    approvals,
    intent,
  };
  commit.append(saleClosed, body, { staff: person?.id ?? null });
  return body;
}

/** Written out field by field: what stands in a fact is chosen, not whatever the price book happens to carry. */
const lineOf = (line: PricedLine, note: string | null) => ({
  lineId: line.lineId,
  productId: line.productId,
  name: line.name,
  quantity: line.quantity,
  quantityScale: line.quantityScale,
  dispensable: line.dispensable,
  price: { id: line.price.id, version: line.price.version, amount: line.price.amount },
  tax: { id: line.tax.id, version: line.tax.version, rate: line.tax.rate, inclusive: line.tax.inclusive },
  labelAmount: line.labelAmount,
  discount: line.discount,
  gross: line.gross,
  discounted: line.discounted,
  cartShare: line.cartShare,
  net: line.net,
  taxAmount: line.taxAmount,
  total: line.total,
  note,
});

function mintVouchers(
  commit: Commit,
  saleId: string,
  cart: PricedCart,
  { minter, staff }: { minter: Minter; staff: string | null },
): Result<null, CloseRefusal> {
  for (const { lineId, productId, quantity, dispensable } of cart.lines) {
    for (let unit = 0; dispensable && unit < quantity; unit++) {
      const minted = minter.mint(commit, { saleId, lineId, unit, productId, directiveId: null, staff });
      if (!minted.ok) return minted;
    }
  }
  return ok(null);
}
