// lapak product change PRODUCT: another name, category, barcodes or rules; tills have it in about a second.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { LapakCommand } from '../../base-command.ts';
import { findCategory } from '../../categories.ts';
import { wrongUse } from '../../failure.ts';
import { findProduct } from '../../find.ts';
import { dryRunFlag } from '../../flags.ts';
import { productRuleFlags, productRules } from '../../product-rules.ts';

export default class ProductChange extends LapakCommand<typeof ProductChange> {
  static override summary = 'Change a product.';
  static override examples = [
    '<%= config.bin %> product change BIR-330 --age-limit 21',
    '<%= config.bin %> product change SUSU-UHT --issue-method fefo --low-stock-at 12',
  ];
  static override args = { product: Args.string({ required: true, description: 'Its SKU, barcode or id, or a prefix of one.' }) };
  static override flags = {
    name: Flags.string({ summary: 'The name on till and receipt.' }),
    category: Flags.string({ summary: 'Its category by name.' }),
    barcode: Flags.string({ multiple: true, summary: 'Its barcodes, in place of those before; may be said several times.' }),
    ...productRuleFlags,
    ...dryRunFlag,
  };

  protected readonly attempt = 'change the product';

  async run(): Promise<void> {
    const { name, category, barcode } = this.flags;
    const centre = await this.centre();
    const { id, quantityScale } = await findProduct(centre, this.args.product);
    const body = {
      ...(name && { name }),
      ...(category && { categoryId: (await findCategory(centre, category)).id }),
      ...(barcode && { barcodes: barcode }),
      ...productRules(this.flags, quantityScale),
    };
    if (Object.keys(body).length === 0)
      throw wrongUse('Nothing was said to change.', 'Say --name, --category, --barcode or a rule: see --help.');
    const product = await centre.product.change({ params: { id }, body });
    this.show(product, () => `Changed ${product.sku}, ${product.name}.\n`);
  }
}
