// The parts of a store's stock, opened together: what its routes, its directives and its clock are given. Tills hear here what gets low.
import type { MakeId } from '#schema/values/id';
import type { Sqlite } from '../base/sqlite.ts';
import type { Journal } from '../journal/commit.ts';
import type { StoreReplica } from '../replica/store.ts';
import type { EventHub } from '../tills/events.ts';
import { openCounts } from './counts.ts';
import { openDeliveryDrafts } from './delivery-drafts.ts';
import { openGoodsDocuments } from './goods-documents.ts';
import { issueRuleFollower } from './issue-rules.ts';
import { openLowStock } from './low-stock.ts';
import type { StockQueries } from './queries.ts';
import { releaseOverdue, reservationQueries } from './reservations.ts';
import { tagQueries } from './tags.ts';
import { productsTouched } from './touched.ts';
import { openValuation } from './valuation.ts';

const GIVE_BACK_AT_ONCE = 200;

interface StockParts {
  sqlite: Sqlite;
  journal: Journal;
  stores: StoreReplica;
  stock: StockQueries;
  events: EventHub;
  makeId: MakeId;
}

export function openStock({ sqlite, journal, stores, stock, events, makeId }: StockParts) {
  const lowStock = openLowStock(sqlite, stores);
  const reservations = reservationQueries(sqlite);
  journal.onAppended((facts) => {
    const low = lowStock.crossed(productsTouched(facts));
    if (low.length > 0) events.publish('low-stock', low);
  });
  return {
    goodsDocuments: openGoodsDocuments(sqlite),
    deliveryDrafts: openDeliveryDrafts(sqlite),
    counts: openCounts(sqlite, stock),
    reservations,
    tags: tagQueries(sqlite),
    valuation: openValuation(sqlite),
    lowStock,
    followIssueRules: issueRuleFollower(sqlite, journal),
    /** What was set aside and is not any more, by the clock. */
    giveBackOverdue: () => journal.write((commit) => releaseOverdue(commit, GIVE_BACK_AT_ONCE, { stock, reservations })),
    makeId,
  };
}
