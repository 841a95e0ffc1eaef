// lapak product availability: which products a store sells, and which were taken out of it.
import * as Flags from '@oclif/core/flags';
import type { Availability } from '#schema/wire/product';
import { LapakCommand } from '../../base-command.ts';
import { findStore } from '../../find.ts';
import { listFlags } from '../../flags.ts';
import { pages } from '../../pages.ts';
import type { Column } from '../../ui/table.ts';

const columns: Column<Availability>[] = [
  { name: 'sku', value: (row) => row.sku },
  { name: 'name', value: (row) => row.name },
  { name: 'available', value: (row) => row.available, text: (row) => (row.available ? 'yes' : 'no') },
  { name: 'id', value: (row) => row.productId, extra: true },
];

export default class ProductAvailability extends LapakCommand<typeof ProductAvailability> {
  static override summary = 'List which products a store sells.';
  static override examples = ['<%= config.bin %> product availability --store warung-sari --off'];
  static override flags = {
    store: Flags.string({ required: true, summary: 'The store: its code, its id or a prefix of one.', helpValue: '<store>' }),
    off: Flags.boolean({ summary: 'Only those that it does not sell.' }),
    ...listFlags,
  };

  protected readonly attempt = 'list what the store sells';

  async run(): Promise<void> {
    const centre = await this.centre();
    const { id: storeId } = await findStore(centre, this.flags.store);
    const wish = { storeId, ...(this.flags.off && { available: 'false' as const }) };
    const rows = pages((query) => centre.availability.list({ query: { ...query, ...wish } }));
    await this.showList(rows, columns, this.flags.off ? 'It sells everything.' : 'No products. Add one: lapak product add');
  }
}
