// Rolls takings up by store, business date and hour, from the events of orders.
import { salesHours } from '#schema/tables/central/analytics';
import { accumulate } from '../../base/accumulate.ts';
import type { Subscriber } from '../../base/outbox.ts';

export const HOUR_MS = 3_600_000;

export const salesRollup: Subscriber<'order-paid' | 'order-refunded'> = {
  name: 'sales-rollup',
  kinds: ['order-paid', 'order-refunded'],
  async receive(tx, events) {
    const rows = events.map((event) => {
      const { storeId, businessDate, currency } = event.body;
      // What was given back counts where it was given, not where it was sold.
      const taken =
        event.kind === 'order-paid'
          ? { hour: hourOf(event.body.paidAt), takings: event.body.due, sales: 1 }
          : { hour: hourOf(event.body.refundedAt), takings: -event.body.refunded, sales: 0 };
      return { storeId, businessDate, currency, ...taken };
    });
    await accumulate(tx, salesHours, rows, { keys: ['storeId', 'hour', 'businessDate', 'currency'], sums: ['takings', 'sales'] });
  },
};

const hourOf = (at: number): number => at - (at % HOUR_MS);
