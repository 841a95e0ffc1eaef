// Which customers were added at this store's tills, from the facts alone: that they were, and what would prove who they are.
import { type CustomerAdded, customerAdded } from '#schema/facts/customer-added';
import { type CustomerErased, customerErased } from '#schema/facts/customer-erased';
import type { Fact } from '#schema/facts/fact';
import { type Sqlite, writer } from '../base/sqlite.ts';
import { type Projection, when } from '../journal/projection.ts';

export function customerProjection(sqlite: Sqlite): Projection {
  const insert = writer(sqlite, 'INSERT INTO added_customers (id, commitment, erased) VALUES (?, ?, 0)');
  const erase = writer(sqlite, 'UPDATE added_customers SET erased = 1 WHERE id = ?');
  return {
    tables: ['added_customers'],
    on: {
      ...when(customerAdded, ({ body }: Fact<CustomerAdded>) => insert(body.customerId, body.commitment)),
      ...when(customerErased, ({ body }: Fact<CustomerErased>) => erase(body.customerId)),
    },
  };
}
