// Which directives of the centre this node has answered: the deed names its directive, or a refusal does.

import { type CustomerErased, customerErased } from '#schema/facts/customer-erased';
import { type DeviceAnswered, deviceAnswered } from '#schema/facts/device-answered';
import { type DirectiveAnswered, directiveAnswered } from '#schema/facts/directive-answered';
import type { Fact } from '#schema/facts/fact';
import { type StockMoved, stockMoved } from '#schema/facts/stock-moved';
import { type StockReleased, stockReleased } from '#schema/facts/stock-released';
import { type StockReserved, stockReserved } from '#schema/facts/stock-reserved';
import { type TagsRead, tagsRead } from '#schema/facts/tags-read';
import { type VoucherIssued, voucherIssued } from '#schema/facts/voucher-issued';
import { type Sqlite, writer } from '../base/sqlite.ts';
import { type Projection, when } from '../journal/projection.ts';

export function directiveProjection(sqlite: Sqlite): Projection {
  const insertAnswer = writer(sqlite, 'INSERT INTO answered_directives (directive_id, fact_id) VALUES (?, ?)');
  const answer = (directiveId: string | null, factId: string) => {
    if (directiveId !== null) insertAnswer(directiveId, factId);
  };
  // What nobody knew may be learned later, and a pickup is several vouchers: the first answer is the one that counts here.
  const insertFirst = writer(sqlite, 'INSERT OR IGNORE INTO answered_directives (directive_id, fact_id) VALUES (?, ?)');
  const answerOnce = (directiveId: string | null, factId: string) => {
    if (directiveId !== null) insertFirst(directiveId, factId);
  };
  return {
    tables: ['answered_directives'],
    on: {
      ...when(stockMoved, (fact: Fact<StockMoved>) => answer(fact.body.directiveId, fact.id)),
      ...when(stockReserved, (fact: Fact<StockReserved>) => answer(fact.body.directiveId, fact.id)),
      ...when(stockReleased, (fact: Fact<StockReleased>) => answer(fact.body.directiveId, fact.id)),
      ...when(tagsRead, (fact: Fact<TagsRead>) => answer(fact.body.directiveId, fact.id)),
      ...when(customerErased, (fact: Fact<CustomerErased>) => answer(fact.body.directiveId, fact.id)),
      ...when(voucherIssued, (fact: Fact<VoucherIssued>) => answerOnce(fact.body.directiveId, fact.id)),
      ...when(deviceAnswered, (fact: Fact<DeviceAnswered>) => answerOnce(fact.body.directiveId, fact.id)),
      ...when(directiveAnswered, (fact: Fact<DirectiveAnswered>) => answer(fact.body.directiveId, fact.id)),
    },
  };
}
