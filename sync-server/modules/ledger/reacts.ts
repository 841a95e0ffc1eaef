// Books what facts mean: one entry a sale, return or movement of a drawer, its balanced postings, and the balances that are their sums.
import { type DrawerMoved, drawerMoved } from '#schema/facts/drawer-moved';
import type { SaleClosed } from '#schema/facts/sale-closed';
import { saleClosed } from '#schema/facts/sale-closed';
import { type SaleReturned, saleReturned } from '#schema/facts/sale-returned';
import { type ShiftClosed, shiftClosed } from '#schema/facts/shift-closed';
import { type ShiftOpened, shiftOpened } from '#schema/facts/shift-opened';
import { postingsForDifference, postingsForDrawer, postingsForReturn, postingsForSale } from '#schema/rules/posting';
import { type Currency, isCurrency } from '#schema/values/currency';
import { sumAmounts } from '#schema/values/money';
import { type AppliedFact, FactRefusal, factsOf, type Reaction } from '../../base/reaction.ts';
import { bookEntries, type Entry } from './commands.ts';

export const ledgerReaction: Reaction = {
  module: 'ledger',
  async react(tx, facts) {
    const entries = [
      ...factsOf(facts, saleClosed).map(entryOfSale),
      ...factsOf(facts, saleReturned).map(entryOfReturn),
      ...factsOf(facts, shiftOpened).map(entryOfFloat),
      ...factsOf(facts, drawerMoved).map(entryOfMovement),
      ...factsOf(facts, shiftClosed).map(entryOfDrawer),
    ];
    // A drawer that was only opened, or was empty, moved nothing.
    await bookEntries(
      tx,
      entries.filter(({ postings }) => postings.length > 0),
    );
    return undefined;
  },
};

function entryOfSale({ storeId, id, occurredAt, body }: AppliedFact<SaleClosed>): Entry {
  const { saleId, businessDate, net, tax, tip, rounding, tenders } = body;
  const currency = currencyOf(body);
  const taken = sumAmounts(tenders.map(({ amount }) => amount));
  const asked = net + tax + tip + rounding;
  if (taken !== asked)
    throw new FactRefusal('unbalanced', `The tenders give ${taken}, the sale asks for ${asked} (${currency}).`);
  return {
    storeId,
    id,
    source: saleId,
    businessDate,
    occurredAt,
    postings: postingsForSale({ currency, net, tax, tip, rounding, tenders }),
  };
}

/** It stands beside its sale: together they explain every unit of both. */
function entryOfReturn({ storeId, id, occurredAt, body }: AppliedFact<SaleReturned>): Entry {
  const { original, businessDate, net, tax, rounding, refunds } = body;
  const currency = currencyOf(body);
  const given = sumAmounts(refunds.map(({ amount }) => amount));
  const owed = net + tax + rounding;
  if (given !== owed) throw new FactRefusal('unbalanced', `The refunds give ${given}, the return owes ${owed} (${currency}).`);
  const postings = postingsForReturn({ currency, net, tax, rounding, refunds });
  return { storeId, id, source: original.saleId, businessDate, occurredAt, postings };
}

const entryOfFloat = ({ storeId, id, occurredAt, body }: AppliedFact<ShiftOpened>): Entry => ({
  storeId,
  id,
  source: body.shiftId,
  businessDate: body.businessDate,
  occurredAt,
  postings: postingsForDrawer(currencyOf(body), body.float),
});

const entryOfMovement = ({ storeId, id, occurredAt, body }: AppliedFact<DrawerMoved>): Entry => ({
  storeId,
  id,
  source: body.shiftId,
  businessDate: body.businessDate,
  occurredAt,
  postings: postingsForDrawer(currencyOf(body), body.amount),
});

/** What was over or short, and all that was in the drawer goes out of it: the next shift brings its float. */
function entryOfDrawer({ storeId, id, occurredAt, body }: AppliedFact<ShiftClosed>): Entry {
  const { shiftId, businessDate, counted, expected, sinceCount } = body;
  const currency = currencyOf(body);
  const postings = [
    ...postingsForDifference(currency, counted - expected),
    ...postingsForDrawer(currency, -(counted + sinceCount)),
  ];
  return { storeId, id, source: shiftId, businessDate, occurredAt, postings };
}

function currencyOf({ currency }: { currency: string }): Currency {
  if (!isCurrency(currency)) throw new FactRefusal('unknown-currency', `The centre keeps no books in ${currency}.`);
  return currency;
}
