// lapak product show PRODUCT: one product with its prices.
import * as Args from '@oclif/core/args';
import { LapakCommand } from '../../base-command.ts';
import { findProduct } from '../../find.ts';
import { fieldsText } from '../../ui/answer.ts';
import { moneyCell } from '../../ui/money.ts';
import { quantityText } from '../../ui/quantity.ts';

const lotOrder = { fifo: 'first in first', lifo: 'last in first', fefo: 'first to expire first' } as const;

export default class ProductShow extends LapakCommand<typeof ProductShow> {
  static override summary = 'Show one product.';
  static override examples = ['<%= config.bin %> product show KOPI-SUSU', '<%= config.bin %> product show 8991234567891'];
  static override args = { product: Args.string({ required: true, description: 'Its SKU, barcode or id, or a prefix of one.' }) };

  protected readonly attempt = 'show the product';

  async run(): Promise<void> {
    const product = await findProduct(await this.centre(), this.args.product);
    this.show(product, () =>
      fieldsText({
        SKU: product.sku,
        Name: product.name,
        Price: product.prices.map(moneyCell).join(', ') || 'none yet',
        Unit: product.quantityScale === 0 ? product.unit : `${product.unit}, ${product.quantityScale} decimals`,
        'Tax class': product.taxClass,
        Barcodes: product.barcodes.join(', ') || '-',
        Dispensable: product.dispensable ? 'yes' : 'no',
        'Below zero': product.stockPolicy === 'warn' ? 'sold with a warning' : 'not sold',
        'Age limit': product.ageLimit === null ? 'none' : `${product.ageLimit} years`,
        'Lots leave': lotOrder[product.issueMethod],
        'Low at': product.lowStockAt === null ? 'as the store says' : quantityText(product.lowStockAt, product.quantityScale),
        'On labels': product.pluCode ?? '-',
        State: product.archived ? 'archived' : 'for sale',
        Id: product.id,
      }),
    );
  }
}
