// The parts of a store's stock, opened together: what its routes, its directives and the tills' live updates are given.
import type { MakeId } from '#schema/values/id';
import type { Sqlite } from '../base/sqlite.ts';
import type { Journal } from '../journal/commit.ts';
import type { StoreReplica } from '../replica/store.ts';
import { openCounts } from './counts.ts';
import { openDeliveryDrafts } from './delivery-drafts.ts';
import { openGoodsDocuments } from './goods-documents.ts';
import { issueRuleFollower } from './issue-rules.ts';
import { openLowStock } from './low-stock.ts';
import type { StockQueries } from './queries.ts';
import { reservationQueries } from './reservations.ts';
import { tagQueries } from './tags.ts';
import { openValuation } from './valuation.ts';

interface StockParts {
  sqlite: Sqlite;
  journal: Journal;
  stores: StoreReplica;
  stock: StockQueries;
  makeId: MakeId;
}

export const openStock = ({ sqlite, journal, stores, stock, makeId }: StockParts) => ({
  goodsDocuments: openGoodsDocuments(sqlite),
  deliveryDrafts: openDeliveryDrafts(sqlite),
  counts: openCounts(sqlite, stock),
  reservations: reservationQueries(sqlite),
  tags: tagQueries(sqlite),
  valuation: openValuation(sqlite),
  lowStock: openLowStock(sqlite, stores),
  followIssueRules: issueRuleFollower(sqlite, journal),
  makeId,
});
