// Rolls takings up by store, business date and hour, from the events of orders.
import { salesHours } from '#schema/tables/central/analytics';
import { accumulate } from '../../base/accumulate.ts';
import type { Subscriber } from '../../base/outbox.ts';

export const HOUR_MS = 3_600_000;

export const salesRollup: Subscriber<'order-paid'> = {
  name: 'sales-rollup',
  kinds: ['order-paid'],
  async receive(tx, events) {
    const rows = events.map(({ body: { storeId, businessDate, currency, due, paidAt } }) => {
      const hour = paidAt - (paidAt % HOUR_MS);
      return { storeId, hour, businessDate, currency, takings: due, sales: 1 };
    });
    await accumulate(tx, salesHours, rows, { keys: ['storeId', 'hour', 'businessDate', 'currency'], sums: ['takings', 'sales'] });
  },
};
