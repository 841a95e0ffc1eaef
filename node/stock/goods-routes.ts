// Deliveries, transfers, waste, stocktakes and what is set aside, over HTTP at the store: parse, call, answer.
import type { Handlers } from '#schema/mount';
import { ok, refuse } from '#schema/values/result';
import type { countContract } from '#schema/wire/count';
import type { goodsContract } from '#schema/wire/goods';
import { limitOf } from '#schema/wire/parts';
import type { reservationContract } from '#schema/wire/reservation';
import { atTill, type Caller } from '../base/caller.ts';
import { pageOf, readCursor } from '../base/cursor.ts';
import type { Journal } from '../journal/commit.ts';
import { type CountContext, finishCount, openCount, reviewCount, scanCount, stepCount } from './count.ts';
import { type GoodsContext, receiveGoods, transferGoods, wasteGoods } from './goods.ts';
import { type ReservationContext, releaseReservation, reserveStock } from './reservations.ts';

export function goodsRoutes(journal: Journal, context: GoodsContext): Handlers<typeof goodsContract, Caller> {
  const { goodsDocuments, deliveryDrafts } = context;
  return {
    receive: ({ body, caller }) => journal.write((commit) => receiveGoods(commit, body, atTill(caller), context)),
    transfer: ({ body, caller }) => journal.write((commit) => transferGoods(commit, body, atTill(caller), context)),
    waste: ({ body, caller }) => journal.write((commit) => wasteGoods(commit, body, atTill(caller), context)),
    documents: ({ query }) => {
      const cursor = readCursor(query.after, 2);
      if (!cursor.ok) return cursor;
      const [occurredAt, id] = cursor.value;
      const after = id === undefined ? undefined : { occurredAt: Number(occurredAt), id };
      const limit = limitOf(query);
      const rows = goodsDocuments.list(after, query.kind, limit + 1);
      return ok(pageOf(rows, limit, (row) => [String(Date.parse(row.occurredAt)), row.id]));
    },
    document: ({ params }) =>
      goodsDocuments.intent(params.id)
        ? ok(goodsDocuments.show(params.id))
        : refuse('unknown-document', 'There is no such document in this store.', { field: 'id' }),
    saveDraft: ({ params, body, caller }) => {
      const { till, person } = atTill(caller);
      return journal.write(({ now }) =>
        goodsDocuments.intent(params.id)
          ? refuse('already-received', 'This delivery has been received; it cannot be a draft again.', { field: 'id' })
          : ok(deliveryDrafts.save({ id: params.id, content: body, savedAt: now, tillId: till.id, staffId: person?.id ?? null })),
      );
    },
    drafts: () => ok({ items: deliveryDrafts.list() }),
    discardDraft: ({ params }) =>
      journal.write(() =>
        deliveryDrafts.discard(params.id)
          ? ok({ id: params.id })
          : refuse('unknown-draft', 'There is no such draft in this store.', { field: 'id' }),
      ),
  };
}

export function countRoutes(journal: Journal, context: CountContext): Handlers<typeof countContract, Caller> {
  const { counts } = context;
  return {
    open: ({ body, caller }) => journal.write((commit) => openCount(commit, body, atTill(caller), context)),
    list: () => ok({ items: counts.list() }),
    show: ({ params }) =>
      counts.row(params.id)
        ? ok(counts.show(params.id))
        : refuse('unknown-count', 'There is no such stocktake in this store.', { field: 'id' }),
    scan: ({ params, body, caller }) => journal.write((commit) => scanCount(commit, params.id, body, atTill(caller), context)),
    review: ({ params }) => journal.write(() => reviewCount(params.id, context)),
    recount: ({ params }) => journal.write(() => stepCount(params.id, 'recount', context)),
    finish: ({ params, body, caller }) =>
      journal.write((commit) => finishCount(commit, { ...params, ...body }, atTill(caller), context)),
    cancel: ({ params }) => journal.write(() => stepCount(params.id, 'cancel', context)),
  };
}

export function reservationRoutes(journal: Journal, context: ReservationContext): Handlers<typeof reservationContract, Caller> {
  return {
    reserve: ({ body, caller }) => journal.write((commit) => reserveStock(commit, body, atTill(caller).person, context)),
    list: () => ok({ items: context.reservations.list() }),
    release: ({ params, caller }) =>
      journal.write((commit) => releaseReservation(commit, params.id, atTill(caller).person, context)),
  };
}
