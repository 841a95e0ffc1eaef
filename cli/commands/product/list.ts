// lapak product list [TEXT]: the catalogue by SKU.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import type { Product } from '#schema/wire/product';
import { LapakCommand } from '../../base-command.ts';
import { findCategory } from '../../categories.ts';
import { listFlags } from '../../flags.ts';
import { pages } from '../../pages.ts';
import { majorUnits, moneyCell } from '../../ui/money.ts';
import type { Column } from '../../ui/table.ts';

const columns: Column<Product>[] = [
  { name: 'sku', value: (product) => product.sku },
  { name: 'name', value: (product) => product.name },
  {
    name: 'price',
    align: 'right',
    value: (product) => (product.prices[0] ? majorUnits(product.prices[0]) : null),
    text: (product) => product.prices.map(moneyCell).join(', ') || 'no price',
  },
  { name: 'unit', value: (product) => product.unit },
  { name: 'tax', value: (product) => product.taxClass },
  { name: 'dispensable', value: (product) => product.dispensable, text: (product) => (product.dispensable ? 'yes' : '-') },
  { name: 'barcodes', value: (product) => product.barcodes.join(' ') },
  { name: 'archived', value: (product) => product.archived, extra: true },
  { name: 'stock-policy', value: (product) => product.stockPolicy, extra: true },
  { name: 'age-limit', value: (product) => product.ageLimit, extra: true },
  { name: 'issue-method', value: (product) => product.issueMethod, extra: true },
  { name: 'plu', value: (product) => product.pluCode, extra: true },
  { name: 'id', value: (product) => product.id, extra: true },
];

export default class ProductList extends LapakCommand<typeof ProductList> {
  static override summary = 'List the products.';
  static override examples = ['<%= config.bin %> product list kopi', '<%= config.bin %> product list --sort -price --limit 10'];
  static override args = { text: Args.string({ description: 'In the name, the SKU or a barcode.' }) };
  static override flags = {
    category: Flags.string({ summary: 'Only this category.' }),
    archived: Flags.boolean({ summary: 'Those taken out of sale.' }),
    ...listFlags,
  };

  protected readonly attempt = 'list the products';

  async run(): Promise<void> {
    const { category, archived } = this.flags;
    const centre = await this.centre();
    const wish = {
      ...(this.args.text && { q: this.args.text }),
      ...(category && { categoryId: (await findCategory(centre, category)).id }),
      archived: archived ? ('true' as const) : ('false' as const),
    };
    const products = pages((page) => centre.product.list({ query: { ...page, ...wish } }));
    await this.showList(products, columns, 'No products. Add one: lapak product add');
  }
}
