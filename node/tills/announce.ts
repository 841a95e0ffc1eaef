// Tells open tills what facts and replicas changed: stock levels, vouchers, the catalogue, the state of the link.
import type { Fact } from '#schema/facts/fact';
import { available } from '#schema/rules/stock';
import type { Clock } from '#schema/values/clock';
import type { VoucherQueries } from '../dispense/queries.ts';
import type { ReplicaChange } from '../replica/replica.ts';
import type { StockQueries } from '../stock/queries.ts';
import { productsTouched } from '../stock/touched.ts';
import type { Link } from '../sync/link.ts';
import type { EventHub } from './events.ts';

/** A busy till would otherwise hear of the link with each sale. */
const SYNC_SOON_MS = 250;
/** However quiet the store: a page sees events alone, and without one for longer it takes its stream for dead. */
const SYNC_AT_LEAST_EVERY_MS = 10_000;

export interface Announcer {
  facts(facts: readonly Fact[]): void;
  replica(change: ReplicaChange): void;
  sync(): void;
  start(): void;
  stop(): void;
}

interface AnnouncerParts {
  events: EventHub;
  stock: StockQueries;
  vouchers: VoucherQueries;
  link: Link;
  clock: Clock;
}

export function openAnnouncer({ events, stock, vouchers, link, clock }: AnnouncerParts): Announcer {
  let cancelNext = () => {};
  let isSoon = false;
  let stopped = false;
  const tellIn = (delayMs: number) => {
    cancelNext();
    cancelNext = clock.after(delayMs, () => {
      isSoon = false;
      events.publish('sync', link.state());
      tellIn(SYNC_AT_LEAST_EVERY_MS);
    });
  };
  const sync = () => {
    if (stopped || isSoon) return;
    isSoon = true;
    tellIn(SYNC_SOON_MS);
  };

  return {
    sync,
    start: sync,
    stop() {
      stopped = true;
      cancelNext();
    },
    facts(facts) {
      const products = productsTouched(facts);
      if (products.length > 0)
        events.publish(
          'stock',
          products.map((productId) => ({ productId, available: available(stock.level(productId)) })),
        );
      for (const voucherId of new Set(facts.flatMap(vouchersOf))) {
        const voucher = vouchers.row(voucherId);
        if (voucher) events.publish('voucher', { id: voucher.id, saleId: voucher.saleId, state: voucher.state });
      }
      sync();
    },
    replica({ table, productIds }) {
      if (table.shape === 'staff' || table.shape === 'store') events.publish('session', {});
      if (table.product) events.publish('catalogue', { productIds: productIds === 'all' ? 'all' : [...productIds] });
      else if (table.shape === 'store' || table.shape === 'categories' || table.shape === 'tax-rates')
        events.publish('catalogue', { productIds: 'all' });
      sync();
    },
  };
}

const vouchersOf = ({ body }: Fact): string[] => {
  const { voucherId } = body as { voucherId?: string };
  return voucherId === undefined ? [] : [voucherId];
};
