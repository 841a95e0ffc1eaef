// Stock over HTTP at the store: parse, call, answer.
import type { Handlers } from '#schema/mount';
import { ok, refuse } from '#schema/values/result';
import { businessDate } from '#schema/values/time';
import { limitOf } from '#schema/wire/parts';
import type { storeStockContract } from '#schema/wire/stock';
import type { tagContract } from '#schema/wire/tag';
import { atTill, type Caller } from '../base/caller.ts';
import { pageOf, readCursor } from '../base/cursor.ts';
import type { Journal } from '../journal/commit.ts';
import { adjustStock } from './commands.ts';
import type { LowStockWatch } from './low-stock.ts';
import { readTags, type TagContext } from './tags.ts';
import type { Valuation } from './valuation.ts';

export interface StockContext extends TagContext {
  valuation: Valuation;
  lowStock: LowStockWatch;
  now: () => number;
}

const DAY_MS = 86_400_000;

const notReady = () =>
  refuse('not-ready', 'This store box has not received its store yet.', { next: 'Connect it to the centre once.' });

export function stockRoutes(journal: Journal, context: StockContext): Handlers<typeof storeStockContract, Caller> {
  const { stock, stores, valuation, lowStock, now } = context;
  return {
    adjust: ({ body, caller }) => journal.write((commit) => adjustStock(commit, body, atTill(caller), context)),
    levels: ({ query }) => {
      const after = readCursor(query.after, 1);
      if (!after.ok) return after;
      const limit = limitOf(query);
      return ok(pageOf(stock.levels(after.value[0] ?? '', limit + 1), limit, (level) => [level.productId]));
    },
    low: () => (stores.current() ? ok({ items: lowStock.list() }) : notReady()),
    expiring: ({ query }) => {
      const store = stores.current();
      if (!store) return notReady();
      const { timeZone, settings } = store;
      const days = query.days === undefined ? settings.expiringDays : Number(query.days);
      return ok({ items: stock.expiringLots(businessDate(now() + days * DAY_MS, timeZone, settings.cutOverHour)) });
    },
    valuation: ({ query }) => {
      const after = readCursor(query.after, 1);
      if (!after.ok) return after;
      const store = stores.current();
      if (!store) return notReady();
      const limit = limitOf(query);
      const products = pageOf(valuation.products(after.value[0] ?? '', limit + 1), limit, ({ productId }) => [productId]);
      return ok({ ...products, currency: store.currency, ...valuation.total() });
    },
    lots: ({ params: { productId } }) => ok({ method: stock.method(productId), items: stock.lots(productId) }),
    movements: ({ params: { productId }, query }) => {
      const before = readCursor(query.after, 1);
      if (!before.ok) return before;
      const limit = limitOf(query);
      const from = Number(before.value[0] ?? Number.MAX_SAFE_INTEGER);
      const { items, next } = pageOf(stock.movements(productId, from, limit + 1), limit, ({ row }) => [String(row)]);
      return ok({ items: items.map(({ movement }) => movement), next });
    },
  };
}

export function tagRoutes(journal: Journal, context: TagContext): Handlers<typeof tagContract, Caller> {
  return {
    read: ({ body, caller }) => {
      const { person } = atTill(caller);
      return journal.write((commit) => readTags(commit, body, { person, directiveId: null }, context));
    },
  };
}
