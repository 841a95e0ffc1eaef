// lapak product withhold PRODUCT: a store does not sell it, until it is offered again.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { LapakCommand } from '../../base-command.ts';
import { findProduct, findStore } from '../../find.ts';
import { dryRunFlag } from '../../flags.ts';

export default class ProductWithhold extends LapakCommand<typeof ProductWithhold> {
  static override summary = 'Take a product out of one store.';
  static override examples = ['<%= config.bin %> product withhold KOPI-SUSU --store warung-sari'];
  static override args = { product: Args.string({ required: true, description: 'Its SKU, barcode or id, or a prefix of one.' }) };
  static override flags = {
    store: Flags.string({ required: true, summary: 'The store: its code, its id or a prefix of one.', helpValue: '<store>' }),
    ...dryRunFlag,
  };

  protected readonly attempt = 'withhold the product';

  async run(): Promise<void> {
    const centre = await this.centre();
    const store = await findStore(centre, this.flags.store);
    const { id } = await findProduct(centre, this.args.product);
    const row = await centre.availability.set({ params: { id }, body: { storeId: store.id, available: false } });
    this.show(
      row,
      () => `${row.name} is not sold in ${store.name}. Again: lapak product offer ${row.sku} --store ${store.code}\n`,
    );
  }
}
