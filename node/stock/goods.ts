// Goods come and go: a delivery, a transfer or a waste becomes one fact, whose lines are lots and movements.
import { textHash } from '#schema/facts/chain';
import { goodsReceived } from '#schema/facts/goods-received';
import { goodsTransferred } from '#schema/facts/goods-transferred';
import { goodsWasted } from '#schema/facts/goods-wasted';
import { available } from '#schema/rules/stock';
import { canonical } from '#schema/values/canonical';
import { ok, type Result, refuse } from '#schema/values/result';
import type { RefusalOf } from '#schema/wire/contract';
import type { GoodsDocument, goodsContract, ReceiveGoods, TransferGoods, WasteGoods } from '#schema/wire/goods';
import type { Person } from '../base/caller.ts';
import type { Commit } from '../journal/commit.ts';
import type { Store, StoreReplica } from '../replica/store.ts';
import type { Approvals } from '../staff/approval.ts';
import type { DeliveryDrafts } from './delivery-drafts.ts';
import type { GoodsDocuments } from './goods-documents.ts';
import type { StockQueries } from './queries.ts';

export interface GoodsContext {
  stores: StoreReplica;
  stock: StockQueries;
  goodsDocuments: GoodsDocuments;
  deliveryDrafts: DeliveryDrafts;
  approvals: Approvals;
}

export interface AtTill {
  till: { id: string };
  person: Person | null;
}

type Goods = typeof goodsContract;

/** What was asked for, as a hash; whoever approved it does not change the wish. */
export const intentOf = ({ approvalId: _, ...wish }: { id: string; approvalId?: string }): string => textHash(canonical(wish));

/** The same id again: what was done then, or a refusal where it was something else. Undefined for a new one. */
function repeated(id: string, intent: string, goodsDocuments: GoodsDocuments): Result<GoodsDocument, 'id-reused'> | undefined {
  const known = goodsDocuments.intent(id);
  if (!known) return undefined;
  if (known.intent === intent) return ok(goodsDocuments.show(id));
  return refuse('id-reused', 'That id was used for something else.', { field: 'id', next: 'Make a new id for a new one.' });
}

type ReadyRefusal = 'not-ready' | 'repeated-line' | 'unknown-product';

function ready(
  lines: readonly { lineId: string; productId: string }[],
  { stores, stock }: GoodsContext,
): Result<Store, ReadyRefusal> {
  const store = stores.current();
  if (!store)
    return refuse('not-ready', 'This store box has not received its store yet.', { next: 'Connect it to the centre once.' });
  const seen = new Set<string>();
  for (const [index, { lineId, productId }] of lines.entries()) {
    if (seen.has(lineId)) return refuse('repeated-line', 'Two lines have the same id.', { field: `lines[${index}].lineId` });
    seen.add(lineId);
    if (!stock.product(productId))
      return refuse('unknown-product', 'This store does not know that product.', {
        field: `lines[${index}].productId`,
        next: 'Wait until the catalogue has arrived, or leave the line out.',
      });
  }
  return ok(store);
}

export function receiveGoods(
  commit: Commit,
  input: ReceiveGoods,
  { person }: AtTill,
  context: GoodsContext,
): Result<GoodsDocument, RefusalOf<Goods['receive']>> {
  const { goodsDocuments, deliveryDrafts } = context;
  const intent = intentOf(input);
  const again = repeated(input.id, intent, goodsDocuments);
  if (again) return again;
  const store = ready(input.lines, context);
  if (!store.ok) return store;
  const { supplier = null, document = null, note = null, sameDocument = false } = input;
  if (document !== null && !sameDocument && goodsDocuments.isReceived(supplier, document))
    return refuse('document-used', `The delivery ${document} has been received already.`, {
      field: 'document',
      next: 'If this is another part of it, say that it is the same document.',
    });
  const lines = input.lines.map(({ lineId, productId, quantity, expected = null, ...brought }) => ({
    lineId,
    productId,
    quantity,
    expected,
    ...broughtBy(brought),
  }));
  const body = { deliveryId: input.id, supplier, document, note, currency: store.value.currency, lines, intent };
  commit.append(goodsReceived, body, { staff: person?.id ?? null });
  deliveryDrafts.discard(input.id);
  return ok(goodsDocuments.show(input.id));
}

interface GivenLot {
  cost?: number | null;
  lotCode?: string | null;
  expiresOn?: string | null;
}

export const broughtBy = ({ cost = null, lotCode = null, expiresOn = null }: GivenLot) => ({ cost, lotCode, expiresOn });

export function transferGoods(
  commit: Commit,
  input: TransferGoods,
  { person }: AtTill,
  context: GoodsContext,
): Result<GoodsDocument, RefusalOf<Goods['transfer']>> {
  const { goodsDocuments } = context;
  const intent = intentOf(input);
  const again = repeated(input.id, intent, goodsDocuments);
  if (again) return again;
  const store = ready(input.lines, context);
  if (!store.ok) return store;
  const wrong = input.direction === 'in' ? refuseNamedLot(input) : (refuseBrought(input) ?? refuseTaking(input, context));
  if (wrong) return wrong;
  const { direction, otherStore, document = null, note = null } = input;
  const lines = input.lines.map(({ lineId, productId, quantity, lotId = null, ...brought }) => ({
    lineId,
    productId,
    quantity,
    lotId,
    ...broughtBy(brought),
  }));
  const head = { transferId: input.id, direction, otherStore, document, note, currency: store.value.currency };
  commit.append(goodsTransferred, { ...head, lines, intent }, { staff: person?.id ?? null });
  return ok(goodsDocuments.show(input.id));
}

function refuseNamedLot({ lines }: TransferGoods) {
  const index = lines.findIndex(({ lotId }) => lotId != null);
  if (index === -1) return undefined;
  return refuse('not-of-direction', 'Goods that come in are a lot of their own.', { field: `lines[${index}].lotId` });
}

function refuseBrought({ lines }: TransferGoods) {
  for (const [index, line] of lines.entries())
    for (const field of ['cost', 'lotCode', 'expiresOn'] as const)
      if (line[field] != null)
        return refuse('not-of-direction', 'Goods that go out have the cost and the expiry of their lots.', {
          field: `lines[${index}].${field}`,
        });
  return undefined;
}

/** A lot that is not there, or the last units of what must not be handed out twice. */
function refuseTaking({ lines }: TransferGoods, context: GoodsContext) {
  const unknown = refuseUnknownLot(lines, context);
  if (unknown) return unknown;
  const wanted = new Map<string, number>();
  for (const { productId, quantity } of lines) wanted.set(productId, (wanted.get(productId) ?? 0) + quantity);
  for (const [productId, quantity] of wanted) {
    const left = available(context.stock.level(productId));
    if (context.stock.product(productId)?.stockPolicy === 'forbid' && left < quantity)
      return refuse('out-of-stock', 'There is not enough of it left.', {
        field: 'lines',
        next: 'Send fewer, or count the product first.',
        facts: { productId, available: left },
      });
  }
  return undefined;
}

function refuseUnknownLot(
  lines: readonly { productId: string; lotId?: string | null }[],
  { stock }: GoodsContext,
): ReturnType<typeof refuse<'unknown-lot'>> | undefined {
  for (const [index, { productId, lotId }] of lines.entries())
    if (lotId != null && !stock.lots(productId).some(({ id }) => id === lotId))
      return refuse('unknown-lot', 'That product has no such lot with anything left.', {
        field: `lines[${index}].lotId`,
        next: 'See the lots of the product, or leave the lot out.',
      });
  return undefined;
}

export function wasteGoods(
  commit: Commit,
  input: WasteGoods,
  { till, person }: AtTill,
  context: GoodsContext,
): Result<GoodsDocument, RefusalOf<Goods['waste']>> {
  const { goodsDocuments, stock, approvals } = context;
  const intent = intentOf(input);
  const again = repeated(input.id, intent, goodsDocuments);
  if (again) return again;
  const store = ready(input.lines, context);
  if (!store.ok) return store;
  const unknown = refuseUnknownLot(input.lines, context);
  if (unknown) return unknown;
  const amount = input.lines.reduce(
    (sum, { productId, quantity, lotId }) => sum + (stock.costOf(productId, quantity, lotId) ?? 0),
    0,
  );
  const { approvalId } = input;
  const { settings } = store.value;
  const approved = approvals.approve(commit, { action: 'waste', amount, approvalId, till, person, settings });
  if (!approved.ok) return approved;
  const lines = input.lines.map(({ lineId, productId, quantity, lotId = null }) => ({ lineId, productId, quantity, lotId }));
  const { reason, note = null } = input;
  const body = { wasteId: input.id, reason, note, lines, approvedBy: approved.value, intent };
  commit.append(goodsWasted, body, { staff: person?.id ?? null });
  return ok(goodsDocuments.show(input.id));
}
