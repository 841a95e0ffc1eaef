// RETURN: goods of an earlier sale come back. Amounts by the rule of refunds; a voucher is cleared of pouring before its money goes back.
import { textHash } from '#schema/facts/chain';
import { type SaleReturned, saleReturned } from '#schema/facts/sale-returned';
import { cashBack, checkRefundTenders, type Refund, refundOf } from '#schema/rules/refund';
import { mayStillPour } from '#schema/rules/voucher';
import { present } from '#schema/values/assert';
import { canonical } from '#schema/values/canonical';
import { ok, type Result, refuse } from '#schema/values/result';
import type { RefusalOf } from '#schema/wire/contract';
import type { ReturnableSale, returnContract, SaleReturn, TakeReturn } from '#schema/wire/return';
import { type Clearer, type Clearing, riskOf, type Unasked } from '../dispense/clearing.ts';
import { owedUnits } from '../dispense/owed.ts';
import type { VoucherQueries } from '../dispense/queries.ts';
import type { Commit } from '../journal/commit.ts';
import type { Store, StoreReplica } from '../replica/store.ts';
import type { BusinessDays } from '../report/business-day.ts';
import type { Seller } from '../sale/commands.ts';
import type { SaleQueries } from '../sale/queries.ts';
import { receiptNumber, seriesName } from '../sale/receipt-number.ts';
import { type ShiftQueries, workingShift } from '../shift/queries.ts';
import type { Approvals } from '../staff/approval.ts';
import { type ReturnQueries, soldLine, takenOf } from './queries.ts';

export interface ReturnContext {
  stores: StoreReplica;
  sales: SaleQueries;
  returns: ReturnQueries;
  vouchers: VoucherQueries;
  clearer: Clearer;
  approvals: Approvals;
  shifts: ShiftQueries;
  days: BusinessDays;
}

type TakeRefusal = RefusalOf<typeof returnContract.take>;

const DAY_MS = 86_400_000;

export function takeReturn(
  commit: Commit,
  input: TakeReturn,
  seller: Seller,
  context: ReturnContext,
  /** Of another store, as the centre told of it; and what dispensers said of the vouchers that come back. */
  { foreign, answers }: { foreign: ReturnableSale | undefined; answers: Clearing['answers'] },
): Result<SaleReturn, TakeRefusal | Unasked> {
  const intent = textHash(canonical({ ...input, tillId: seller.till.id }));
  const known = context.returns.intent(input.id);
  if (known !== undefined)
    return known === intent
      ? ok(shown(input.id, context))
      : refuse('id-reused', 'That id was used for another return.', { field: 'id', next: 'Make a new id for a new return.' });
  const store = context.stores.current();
  if (!store)
    return refuse('not-ready', 'This store box has not received its store yet.', { next: 'Connect it to the centre once.' });
  const shift = workingShift(context.shifts, seller.till.id, store.settings);
  if (!shift.ok) return shift;
  const isOwn = input.storeId === undefined || input.storeId === store.id;
  const original = isOwn ? context.returns.original(input.receipt, store.id) : foreign;
  if (!original) return unknownReceipt();
  const refund = refundOf(original.lines.map(soldLine), input.lines, store.currency);
  if (!refund.ok) return refund;
  const checked = checkMoney(input, refund.value, original);
  if (!checked.ok) return checked;
  const approved = approve(commit, refund.value, { seller, store, original, approvalId: input.approvalId }, context);
  if (!approved.ok) return approved;
  const units = unitsBack(input, original, context.vouchers);
  const cleared = clearUnits(commit, units, { input, seller, store, answers }, context);
  if (!cleared.ok) return cleared;
  append(commit, { input, intent, seller, store, original, refund: refund.value, units, approvedBy: approved.value }, context);
  return ok(shown(input.id, context));
}

const shown = (id: string, { returns }: ReturnContext): SaleReturn => present(returns.show(id), `no return ${id}`);

export const unknownReceipt = () =>
  refuse('unknown-receipt', 'No sale of this store has that receipt number.', {
    field: 'receipt',
    next: 'Scan the receipt’s code, or ask the store that it is from.',
  });

function checkMoney(
  { total, refunds }: TakeReturn,
  refund: Refund,
  original: ReturnableSale,
): Result<null, 'wrong-total' | 'bad-refund'> {
  return total === refund.total
    ? checkRefundTenders(refund.total, refunds, takenOf(original))
    : refuse('wrong-total', 'The total does not match what comes back.', {
        field: 'total',
        next: 'Tell the customer the right one.',
        facts: { total: refund.total },
      });
}

interface Asking {
  seller: Seller;
  store: Store;
  original: ReturnableSale;
  approvalId: string | undefined;
}

function approve(
  commit: Commit,
  { total }: Refund,
  { seller, store, original, approvalId }: Asking,
  { approvals }: ReturnContext,
) {
  const { settings } = store;
  const days = settings.returnDays;
  const isLate = days !== null && commit.now - Date.parse(original.occurredAt) > days * DAY_MS;
  const action = isLate ? 'late-refund' : 'refund';
  return approvals.approve(commit, { action, amount: total, ...seller, settings, approvalId });
}

type UnitsBack = ReadonlyMap<string, ReturnType<typeof owedUnits>>;

/** By line: which units come back of what a dispenser pours. Those that nobody can pour any more first, and the good vouchers last. */
function unitsBack(input: TakeReturn, original: ReturnableSale, vouchers: VoucherQueries): UnitsBack {
  const standing = ({ vouchers: rows }: ReturnType<typeof owedUnits>[number]) =>
    rows.some(({ state }) => state === 'open') ? 2 : rows.some(({ state, cleared }) => mayStillPour(state, cleared)) ? 1 : 0;
  return new Map(
    input.lines.flatMap(({ lineId, quantity }) => {
      const line = original.lines.find((each) => each.lineId === lineId);
      if (!line?.dispensable) return [];
      const owed = owedUnits({ saleId: original.saleId, lineId, quantity: line.quantity }, vouchers);
      return [[lineId, owed.sort((one, other) => standing(one) - standing(other)).slice(0, quantity)] as const];
    }),
  );
}

interface ClearingUnits {
  input: TakeReturn;
  seller: Seller;
  store: Store;
  answers: Clearing['answers'];
}

function clearUnits(
  commit: Commit,
  units: UnitsBack,
  { input, seller, store, answers }: ClearingUnits,
  { clearer, approvals }: ReturnContext,
) {
  const risk = riskOf({ approvals, accepts: input.acceptRisk, seller, settings: store.settings });
  const rows = [...units.values()].flat().flatMap(({ vouchers }) => vouchers);
  return clearer.clear(commit, rows, { answers, staff: seller.person?.id ?? null, risk });
}

interface Returning {
  input: TakeReturn;
  intent: string;
  seller: Seller;
  store: Store;
  original: ReturnableSale;
  refund: Refund;
  units: UnitsBack;
  approvedBy: string | null;
}

function append(commit: Commit, returning: Returning, { sales, shifts, days }: ReturnContext): void {
  const { input, intent, seller, store, original, refund, units, approvedBy } = returning;
  const series = seriesName(seller.till.code, commit.generation);
  const cash = input.refunds.find(({ method }) => method === 'cash')?.amount ?? 0;
  const paid = cashBack(cash, original.cashBefore, store.settings.cashStep);
  const body: SaleReturned = {
    returnId: input.id,
    tillId: seller.till.id,
    shiftId: shifts.openShift(seller.till.id),
    receipt: receiptNumber(series, sales.lastOfSeries(series) + 1),
    businessDate: days.at(commit.now, store),
    currency: store.currency,
    original: { storeId: original.storeId, saleId: original.saleId, receipt: original.receipt },
    lines: returnedLines(input, refund, original, units),
    net: refund.net,
    tax: refund.tax,
    total: refund.total,
    rounding: paid - cash,
    refunds: input.refunds.map(({ refundId, method, amount, reference = null }) => ({
      refundId,
      method,
      amount: method === 'cash' ? paid : amount,
      reference,
    })),
    reason: input.reason,
    approvedBy,
    intent,
  };
  commit.append(saleReturned, body, { staff: seller.person?.id ?? null });
}

function returnedLines(input: TakeReturn, refund: Refund, original: ReturnableSale, units: UnitsBack): SaleReturned['lines'] {
  return refund.lines.map((line) => {
    const sold = present(
      original.lines.find(({ lineId }) => lineId === line.lineId),
      'the rule found the line',
    );
    // What a dispenser had not poured never left the stock.
    const restock = !sold.dispensable && input.lines.some(({ lineId, restock }) => lineId === line.lineId && restock);
    const { productId, name, quantityScale, taxRate } = sold;
    const back = (units.get(line.lineId) ?? []).map(({ unit }) => unit);
    return { ...line, productId, name, quantityScale, taxRate, restock, units: back };
  });
}
