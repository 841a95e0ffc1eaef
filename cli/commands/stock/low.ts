// lapak stock low: what got low in the stores, one alert from the crossing until it is over.
import * as Flags from '@oclif/core/flags';
import type { LowStockAlert } from '#schema/wire/stock';
import { LapakCommand } from '../../base-command.ts';
import { storeIdOf } from '../../find.ts';
import { listFlags, storeFlag } from '../../flags.ts';
import { pages } from '../../pages.ts';
import type { Column } from '../../ui/table.ts';
import { timeCell } from '../../ui/time.ts';

const columns: Column<LowStockAlert>[] = [
  { name: 'store', value: (alert) => alert.storeCode },
  { name: 'sku', value: (alert) => alert.sku },
  { name: 'name', value: (alert) => alert.name },
  { name: 'available', align: 'right', value: (alert) => alert.available },
  { name: 'threshold', align: 'right', value: (alert) => alert.threshold },
  { name: 'since', value: (alert) => alert.openedAt, text: (alert) => timeCell(alert.openedAt) },
  { name: 'over', value: (alert) => alert.overAt, text: (alert) => timeCell(alert.overAt), extra: true },
  { name: 'available-then', align: 'right', value: (alert) => alert.availableThen, extra: true },
  { name: 'product-id', value: (alert) => alert.productId, extra: true },
];

export default class StockLow extends LapakCommand<typeof StockLow> {
  static override summary = 'List products that are low, newest first.';
  static override examples = [
    '<%= config.bin %> stock low --store warung-sari',
    '<%= config.bin %> stock low --all --columns sku,since,over',
  ];
  static override flags = {
    store: storeFlag,
    all: Flags.boolean({ summary: 'Those that are not low any more, too.' }),
    ...listFlags,
  };

  protected readonly attempt = 'list what is low';

  async run(): Promise<void> {
    const { store, all } = this.flags;
    const centre = await this.centre();
    const wish = { ...(await storeIdOf(centre, store)), ...(!all && { state: 'open' as const }) };
    const alerts = pages((page) => centre.inventory.lowStockAlerts({ query: { ...page, ...wish } }), this.pageSize());
    await this.showList(alerts, columns, 'Nothing is low.');
  }
}
