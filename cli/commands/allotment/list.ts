// lapak allotment list: what stores have set aside for the centre to sell.
import * as Flags from '@oclif/core/flags';
import type { Allotment } from '#schema/wire/reservation';
import { LapakCommand } from '../../base-command.ts';
import { storeIdOf } from '../../find.ts';
import { listFlags, storeFlag } from '../../flags.ts';
import { pages } from '../../pages.ts';
import { quantityText } from '../../ui/quantity.ts';
import type { Column } from '../../ui/table.ts';
import { timeCell } from '../../ui/time.ts';

const columns: Column<Allotment>[] = [
  { name: 'product', value: (allotment) => allotment.name },
  {
    name: 'quantity',
    align: 'right',
    value: (allotment) => allotment.quantity,
    text: ({ quantity, quantityScale }) => quantityText(quantity, quantityScale),
  },
  { name: 'granted', value: (allotment) => allotment.grantedAt, text: (allotment) => timeCell(allotment.grantedAt) },
  { name: 'ends', value: (allotment) => allotment.expiresAt, text: (allotment) => timeCell(allotment.expiresAt) },
  { name: 'released', value: (allotment) => allotment.released },
  { name: 'id', value: (allotment) => allotment.id },
  { name: 'store-id', value: (allotment) => allotment.storeId, extra: true },
  { name: 'product-id', value: (allotment) => allotment.productId, extra: true },
];

export default class AllotmentList extends LapakCommand<typeof AllotmentList> {
  static override summary = 'List what stores have set aside for the centre to sell, newest first.';
  static override examples = [
    '<%= config.bin %> allotment list --store warung-sari',
    '<%= config.bin %> allotment list --released --columns product,quantity,released',
  ];
  static override flags = {
    store: storeFlag,
    released: Flags.boolean({ summary: 'Those that were given back instead.' }),
    ...listFlags,
  };

  protected readonly attempt = 'list the allotments';

  async run(): Promise<void> {
    const { store, released } = this.flags;
    const centre = await this.centre();
    const wish = { ...(await storeIdOf(centre, store)), state: released ? ('released' as const) : ('held' as const) };
    const allotments = pages((page) => centre.allotment.list({ query: { ...page, ...wish } }), this.pageSize());
    await this.showList(allotments, columns, 'No store has set anything aside.');
  }
}
