// The lots of a store by its facts, with the rule that the node runs: a batch of movements is worked out in memory, in the order of the
// journal, and written in a few statements.
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { IssueSet } from '#schema/facts/issue-set';
import { issueSet } from '#schema/facts/issue-set';
import { lotIdOf, type Movement } from '#schema/facts/movements';
import { type IssueMethod, type Lot, type LotPart, lotEffect, usualIssueMethod } from '#schema/rules/stock-issue';
import { issueRules, lotMovements, stockLevels, stockLots } from '#schema/tables/central/stock';
import { insertMany } from '../../base/bulk.ts';
import type { Tx } from '../../base/database.ts';
import type { AppliedFact } from '../../base/reaction.ts';

/** Facts in the order of the journal, each with what it moves. */
export interface Moving {
  fact: AppliedFact;
  movements: readonly Movement[];
}

type LotRow = typeof stockLots.$inferInsert;
type PartRow = typeof lotMovements.$inferInsert;

interface KnownLot extends Lot {
  place: readonly [number, number, number];
}

/** Everything about the lots of these products that the batch may ask for. */
interface Shelf {
  onHand: Map<string, number>;
  methods: Map<string, IssueMethod>;
  lots: Map<string, Map<string, KnownLot>>;
  sold: Map<string, Map<string, LotPart>>;
}

interface Changes {
  added: Map<string, LotRow>;
  /** By lot, of lots that stand already. */
  changed: Map<string, number>;
  parts: PartRow[];
}

/** Answers what each movement cost, in the order in which they were given. */
export async function moveLots(tx: Tx, storeId: string, moving: readonly Moving[]): Promise<(number | null)[]> {
  const shelf = await readShelf(tx, storeId, moving);
  const changes: Changes = { added: new Map(), changed: new Map(), parts: [] };
  const costs: (number | null)[] = [];
  for (const { fact, movements } of moving) {
    if (fact.kind === issueSet.kind)
      for (const { productId, method } of (fact.body as IssueSet).products) shelf.methods.set(productId, method);
    for (const movement of movements) costs.push(moveOne(fact, movement, shelf, changes));
  }
  await write(tx, storeId, changes);
  await writeRules(tx, storeId, moving);
  return costs;
}

async function readShelf(tx: Tx, storeId: string, moving: readonly Moving[]): Promise<Shelf> {
  const movements = moving.flatMap((one) => one.movements);
  const productIds = [...new Set(movements.map(({ productId }) => productId))];
  const shelf: Shelf = { onHand: new Map(), methods: new Map(), lots: new Map(), sold: new Map() };
  if (productIds.length === 0) return shelf;
  const incoming = movements.filter(({ quantity }) => quantity > 0);
  await readSold(
    tx,
    storeId,
    incoming.flatMap(({ saleId }) => saleId ?? []),
    shelf,
  );
  const again = [...shelf.sold.values()].flatMap((parts) => [...parts.keys()]);
  const stands = sql`${stockLots.productId} = ANY(${sql.param(productIds)}::uuid[]) AND ${stockLots.remaining} > 0`;
  const { id, productId, generation, seq, line, quantity, remaining, cost, expiresOn } = stockLots;
  const lots = await tx
    .select({ id, productId, generation, seq, line, quantity, remaining, cost, expiresOn })
    .from(stockLots)
    .where(and(eq(stockLots.storeId, storeId), again.length > 0 ? sql`(${stands} OR ${inArray(stockLots.id, again)})` : stands))
    .orderBy(generation, seq, line);
  for (const { productId: of, generation, seq, line, ...lot } of lots)
    lotsOf(shelf, of).set(lot.id, { ...lot, place: [generation, seq, line] });
  // Without lots nothing is issued by any rule; without anything coming in nobody asks for a level.
  if (lots.length === 0 && incoming.length === 0) return shelf;
  const rules = await tx
    .select({ productId: issueRules.productId, method: issueRules.method })
    .from(issueRules)
    .where(and(eq(issueRules.storeId, storeId), inArray(issueRules.productId, productIds)));
  for (const { productId: of, method } of rules) shelf.methods.set(of, method);
  const levels = await tx
    .select({ productId: stockLevels.productId, onHand: stockLevels.onHand })
    .from(stockLevels)
    .where(and(eq(stockLevels.storeId, storeId), inArray(stockLevels.productId, productIds)));
  for (const { productId: of, onHand } of levels) shelf.onHand.set(of, onHand);
  return shelf;
}

async function readSold(tx: Tx, storeId: string, saleIds: string[], shelf: Shelf): Promise<void> {
  if (saleIds.length === 0) return;
  const { saleId, productId, lotId, quantity, cost } = lotMovements;
  const rows = await tx
    .select({
      saleId,
      productId,
      lotId,
      quantity: sql<number>`-sum(${quantity})`.mapWith(Number),
      cost: sql<number | null>`-sum(${cost})`,
    })
    .from(lotMovements)
    .where(and(eq(lotMovements.storeId, storeId), inArray(saleId, saleIds)))
    .groupBy(saleId, productId, lotId);
  for (const { saleId: sale, productId: product, lotId, quantity, cost } of rows)
    soldBy(shelf, sale ?? '', product).set(lotId, { lotId, quantity, cost: cost === null ? null : Number(cost) });
}

function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key) ?? make();
  map.set(key, known);
  return known;
}

const lotsOf = ({ lots }: Shelf, productId: string) => entryOf(lots, productId, () => new Map<string, KnownLot>());

const soldBy = ({ sold }: Shelf, saleId: string, productId: string) =>
  entryOf(sold, `${saleId} ${productId}`, () => new Map<string, LotPart>());

const byPlace = ({ place: one }: KnownLot, { place: other }: KnownLot): number =>
  one[0] - other[0] || one[1] - other[1] || one[2] - other[2];

function moveOne(fact: AppliedFact, movement: Movement, shelf: Shelf, changes: Changes): number | null {
  const { productId, quantity, saleId = null } = movement;
  const lots = lotsOf(shelf, productId);
  const onHand = shelf.onHand.get(productId) ?? 0;
  const effect = lotEffect(movement, {
    onHand: () => onHand,
    method: () => shelf.methods.get(productId) ?? usualIssueMethod,
    open: () => [...lots.values()].filter(({ remaining }) => remaining > 0).sort(byPlace),
    sold: (sale) => soldParts(shelf, sale, productId),
  });
  shelf.onHand.set(productId, onHand + quantity);
  for (const part of effect.parts) movePart(fact, movement, part, lots, changes);
  if (saleId !== null) for (const part of effect.parts) noteSold(soldBy(shelf, saleId, productId), part);
  if (effect.added) addLot(fact, movement, effect.added, lots, changes);
  return effect.cost;
}

function soldParts(shelf: Shelf, saleId: string, productId: string): LotPart[] {
  const lots = lotsOf(shelf, productId);
  const parts = [...soldBy(shelf, saleId, productId).values()].filter(({ quantity }) => quantity > 0);
  return parts
    .flatMap((part) => {
      const lot = lots.get(part.lotId);
      return lot ? [{ part, lot }] : [];
    })
    .sort((one, other) => byPlace(one.lot, other.lot))
    .map(({ part }) => part);
}

function noteSold(sold: Map<string, LotPart>, { lotId, quantity, cost }: LotPart): void {
  const before = sold.get(lotId);
  sold.set(lotId, {
    lotId,
    quantity: (before?.quantity ?? 0) - quantity,
    cost: cost === null || before?.cost === null ? null : (before?.cost ?? 0) - cost,
  });
}

function movePart(fact: AppliedFact, movement: Movement, part: LotPart, lots: Map<string, KnownLot>, changes: Changes): void {
  const { storeId, generation, seq } = fact;
  const { line, productId, saleId = null } = movement;
  const lot = lots.get(part.lotId);
  if (lot) lot.remaining += part.quantity;
  const added = changes.added.get(part.lotId);
  if (added) added.remaining += part.quantity;
  else changes.changed.set(part.lotId, (changes.changed.get(part.lotId) ?? 0) + part.quantity);
  changes.parts.push({ storeId, generation, seq, line, productId, saleId, ...part });
}

function addLot(
  { storeId, generation, seq, occurredAt, ...fact }: AppliedFact,
  { line, productId, brought }: Movement,
  { quantity, remaining }: { quantity: number; remaining: number },
  lots: Map<string, KnownLot>,
  { added }: Changes,
): void {
  const id = lotIdOf({ generation, seq, ...fact }, line);
  const { cost = null, lotCode = null, expiresOn = null, supplier = null } = brought ?? {};
  const place = { storeId, id, productId, generation, seq, line };
  added.set(id, { ...place, quantity, remaining, cost, lotCode, expiresOn, supplier, occurredAt });
  lots.set(id, { id, quantity, remaining, cost, expiresOn, place: [generation, seq, line] });
}

async function write(tx: Tx, storeId: string, { added, changed, parts }: Changes): Promise<void> {
  await insertMany(tx, stockLots, [...added.values()]);
  const ids = [...changed.keys()];
  if (ids.length > 0)
    await tx.execute(sql`UPDATE ${stockLots} SET remaining = remaining + moved.quantity
      FROM unnest(${sql.param(ids)}::text[], ${sql.param([...changed.values()])}::bigint[]) AS moved(id, quantity)
      WHERE ${stockLots.storeId} = ${storeId} AND ${stockLots.id} = moved.id`);
  await insertMany(tx, lotMovements, parts);
}

/** The last word on each product, in the order of the journal. */
async function writeRules(tx: Tx, storeId: string, moving: readonly Moving[]): Promise<void> {
  const rules = new Map<string, IssueMethod>();
  for (const { fact } of moving)
    if (fact.kind === issueSet.kind)
      for (const { productId, method } of (fact.body as IssueSet).products) rules.set(productId, method);
  if (rules.size === 0) return;
  const rows = [...rules].map(([productId, method]) => ({ storeId, productId, method }));
  await tx
    .insert(issueRules)
    .values(rows)
    .onConflictDoUpdate({ target: [issueRules.storeId, issueRules.productId], set: { method: sql`excluded.method` } });
}
