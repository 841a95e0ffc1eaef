// Which deliveries, transfers, waste, counts and reads of tags there were; what is told of each is read from its fact.
import type { Fact } from '#schema/facts/fact';
import { type GoodsReceived, goodsReceived } from '#schema/facts/goods-received';
import { type GoodsTransferred, goodsTransferred } from '#schema/facts/goods-transferred';
import { type GoodsWasted, goodsWasted } from '#schema/facts/goods-wasted';
import { type StockCounted, stockCounted } from '#schema/facts/stock-counted';
import { type TagsRead, tagsRead } from '#schema/facts/tags-read';
import type { GoodsDocument } from '#schema/wire/goods';
import { type Sqlite, writer } from '../base/sqlite.ts';
import { type Projection, when } from '../journal/projection.ts';

interface NewDocument {
  id: string;
  kind: GoodsDocument['kind'];
  party?: string | null;
  document?: string | null;
  intent?: string;
}

export function documentProjection(sqlite: Sqlite): Projection {
  const insert = writer(
    sqlite,
    `INSERT INTO stock_documents (id, kind, party, document, intent, occurred_at, staff, generation, seq)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const keep = ({ occurredAt, staff, generation, seq }: Fact, { id, kind, party, document, intent }: NewDocument) =>
    insert(id, kind, party ?? null, document ?? null, intent ?? null, occurredAt, staff, generation, seq);
  return {
    tables: ['stock_documents'],
    on: {
      ...when(goodsReceived, (fact: Fact<GoodsReceived>) => {
        const { deliveryId: id, supplier: party, document, intent } = fact.body;
        keep(fact, { id, kind: 'delivery', party, document, intent });
      }),
      ...when(goodsTransferred, (fact: Fact<GoodsTransferred>) => {
        const { transferId: id, direction, otherStore: party, document, intent } = fact.body;
        keep(fact, { id, kind: `transfer-${direction}`, party, document, intent });
      }),
      ...when(goodsWasted, (fact: Fact<GoodsWasted>) =>
        keep(fact, { id: fact.body.wasteId, kind: 'waste', intent: fact.body.intent }),
      ),
      ...when(stockCounted, (fact: Fact<StockCounted>) => keep(fact, { id: fact.body.countId, kind: 'count' })),
      ...when(tagsRead, (fact: Fact<TagsRead>) => keep(fact, { id: fact.body.readId, kind: 'tags', intent: fact.body.intent })),
    },
  };
}
