// lapak product offer PRODUCT: a store sells it again.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { LapakCommand } from '../../base-command.ts';
import { findProduct, findStore } from '../../find.ts';
import { dryRunFlag } from '../../flags.ts';

export default class ProductOffer extends LapakCommand<typeof ProductOffer> {
  static override summary = 'Sell a product in a store again.';
  static override examples = ['<%= config.bin %> product offer KOPI-SUSU --store warung-sari'];
  static override args = { product: Args.string({ required: true, description: 'Its SKU, barcode or id, or a prefix of one.' }) };
  static override flags = {
    store: Flags.string({ required: true, summary: 'The store: its code, its id or a prefix of one.', helpValue: '<store>' }),
    ...dryRunFlag,
  };

  protected readonly attempt = 'offer the product';

  async run(): Promise<void> {
    const centre = await this.centre();
    const store = await findStore(centre, this.flags.store);
    const { id } = await findProduct(centre, this.args.product);
    const row = await centre.availability.set({ params: { id }, body: { storeId: store.id, available: true } });
    this.show(row, () => `${row.name} is sold in ${store.name}.\n`);
  }
}
