// A stocktake, step by step: opened, scanned at any till, looked at, and finished into one fact that moves stock by its differences.
import { stockCounted } from '#schema/facts/stock-counted';
import { countMachine, differenceOf, tallyOf } from '#schema/rules/stock-count';
import type { MakeId } from '#schema/values/id';
import { ok, type Result, refuse } from '#schema/values/result';
import type { RefusalOf } from '#schema/wire/contract';
import type { CountScan, countContract, OpenCount, StockCount } from '#schema/wire/count';
import type { Commit } from '../journal/commit.ts';
import { type CountedLine, type CountRow, type Counts, isSameScan } from './counts.ts';
import type { AtTill, GoodsContext } from './goods.ts';

export interface CountContext extends GoodsContext {
  counts: Counts;
  makeId: MakeId;
}

type Contract = typeof countContract;

const unknownCount = () => refuse('unknown-count', 'There is no such stocktake in this store.', { field: 'id' });

export function openCount(
  commit: Commit,
  { id, name, categoryId = null, blind }: OpenCount,
  { till, person }: AtTill,
  { counts, goodsDocuments }: CountContext,
): Result<StockCount, RefusalOf<Contract['open']>> {
  const known = counts.row(id);
  const isSame = known?.name === name && known.categoryId === categoryId && known.blind === Number(blind);
  if (known && isSame) return ok(counts.show(id));
  if (known || goodsDocuments.intent(id))
    return refuse('id-reused', 'That id was used for something else.', { field: 'id', next: 'Make a new id for a new count.' });
  if (categoryId !== null && !counts.categoryExists(categoryId))
    return refuse('unknown-category', 'This store does not know that category.', { field: 'categoryId' });
  const staff = person?.id ?? null;
  counts.open({ id, name, categoryId, blind: Number(blind), startedAt: commit.now, tillId: till.id, staff });
  return ok(counts.show(id));
}

export function scanCount(
  commit: Commit,
  countId: string,
  input: CountScan,
  { till, person }: AtTill,
  { counts, stock }: CountContext,
): Result<CountedLine, RefusalOf<Contract['scan']>> {
  const count = counts.row(countId);
  if (!count) return unknownCount();
  const { code, productId = code === undefined ? undefined : stock.productByCode(code) } = input;
  if (productId === undefined || !stock.product(productId))
    return refuse(
      'unknown-product',
      code === undefined ? 'This store does not know that product.' : `Nothing here has the code ${code}.`,
      {
        field: code === undefined ? 'productId' : 'code',
        next: 'Put it aside and look it up by name.',
      },
    );
  const known = counts.entry(input.id);
  if (known)
    return known.countId === countId && isSameScan(known, productId, input)
      ? ok(counts.line(count, productId))
      : refuse('id-reused', 'That entry id was used for another entry.', { field: 'id', next: 'Make a new id.' });
  if (count.state !== 'counting') return notCounting(count);
  if (!counts.covers(count, productId))
    return refuse('not-in-count', `${stock.product(productId)?.name} is not part of this count.`, {
      field: code === undefined ? 'productId' : 'code',
      next: 'Count it in a count of its own category, or of everything.',
    });
  const { kind, quantity } = input;
  const entry = { id: input.id, productId, tillId: till.id, kind, quantity, onHand: stock.level(productId).onHand };
  const entries = counts.entries(countId).filter((other) => other.productId === productId);
  const [tally] = tallyOf([...entries, entry]);
  if ((tally?.parts.get(till.id) ?? 0) < 0)
    return refuse('below-zero', 'There cannot be less than none of it.', { field: 'quantity' });
  counts.add({ ...entry, countId, staff: person?.id ?? null, at: commit.now });
  return ok(counts.line(count, productId));
}

function notCounting({ state }: CountRow) {
  const legal = countMachine.next(state);
  return refuse('illegal-step', `Nothing can be counted while the stocktake is ${state}.`, {
    next: legal.includes('recount') ? 'Go on counting first.' : 'Open a new stocktake.',
    facts: { state, legal },
  });
}

const reached = { recount: 'counting', cancel: 'cancelled' } as const;

/** A step that was taken already is answered as it stands: tills ask again when an answer is lost. */
export function stepCount(
  id: string,
  event: keyof typeof reached,
  { counts }: CountContext,
): Result<StockCount, 'unknown-count' | 'illegal-step'> {
  const count = counts.row(id);
  if (!count) return unknownCount();
  if (count.state === reached[event]) return ok(counts.show(id));
  const step = countMachine.step(count.state, event);
  if (!step.ok) return step;
  counts.setState(id, step.value, count.firstReviewAt);
  return ok(counts.show(id));
}

/** Shows the differences, and keeps for later what had been counted before anybody saw them. */
export function reviewCount(id: string, { counts }: CountContext): Result<StockCount, RefusalOf<Contract['review']>> {
  const count = counts.row(id);
  if (!count) return unknownCount();
  if (count.state === 'reviewing') return ok(counts.show(id));
  const step = countMachine.step(count.state, 'review');
  if (!step.ok) return step;
  const last = counts.entries(id).at(-1);
  if (!last)
    return refuse('nothing-counted', 'Nothing has been counted yet.', { next: 'Scan something, or throw the count away.' });
  counts.setState(id, step.value, count.firstReviewAt ?? last.number);
  return ok(counts.show(id));
}

export function finishCount(
  commit: Commit,
  { id, approvalId }: { id: string; approvalId?: string },
  { till, person }: AtTill,
  { counts, stock, stores, approvals, makeId }: CountContext,
): Result<StockCount, RefusalOf<Contract['finish']>> {
  const count = counts.row(id);
  if (!count) return unknownCount();
  if (count.state === 'finished') return ok(counts.show(id));
  const step = countMachine.step(count.state, 'finish');
  if (!step.ok) return step;
  const store = stores.current();
  if (!store)
    return refuse('not-ready', 'This store box has not received its store yet.', { next: 'Connect it to the centre once.' });
  const entries = counts.entries(id);
  const first = new Map(
    tallyOf(entries.filter(({ number }) => number <= (count.firstReviewAt ?? 0))).map(({ productId, counted }) => [
      productId,
      counted,
    ]),
  );
  const lines = tallyOf(entries).map(({ productId, counted, expected }) => ({
    lineId: makeId(),
    productId,
    counted,
    firstCounted: first.get(productId) ?? null,
    expected,
    difference: differenceOf({ counted, expected }),
  }));
  const amount = lines.reduce(
    (sum, { productId, difference }) => sum + (difference < 0 ? (stock.costOf(productId, -difference) ?? 0) : 0),
    0,
  );
  const { settings } = store;
  const approved = approvals.approve(commit, { action: 'count', amount, approvalId, till, person, settings });
  if (!approved.ok) return approved;
  const { name, blind, startedAt, firstReviewAt } = count;
  const body = { countId: id, name, blind: blind === 1, startedAt, lines, approvedBy: approved.value };
  commit.append(stockCounted, body, { staff: person?.id ?? null });
  counts.setState(id, step.value, firstReviewAt);
  return ok(counts.show(id));
}
