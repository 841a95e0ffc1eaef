// lapak product price PRODUCT AMOUNT: open tills have the new price in about a second.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { LapakCommand } from '../../base-command.ts';
import { currencyOf } from '../../chain-currency.ts';
import { findProduct } from '../../find.ts';
import { dryRunFlag } from '../../flags.ts';
import { moneyCell, readPrice } from '../../ui/money.ts';

export default class ProductPrice extends LapakCommand<typeof ProductPrice> {
  static override summary = 'Set the price of a product.';
  static override examples = ['<%= config.bin %> product price KOPI-SUSU 19000'];
  static override args = {
    product: Args.string({ required: true, description: 'Its SKU, barcode or id, or a prefix of one.' }),
    amount: Args.string({ required: true, description: 'The price, as customers pay it.' }),
  };
  static override flags = {
    currency: Flags.string({ summary: 'The currency of the price, where the product has several.' }),
    ...dryRunFlag,
  };

  protected readonly attempt = 'set the price';

  async run(): Promise<void> {
    const centre = await this.centre();
    const product = await findProduct(centre, this.args.product);
    const before = product.prices.map((price) => price.currency);
    const currency = await currencyOf(centre, this.flags.currency, before);
    const amount = readPrice(this.args.amount, currency, 'AMOUNT');
    const price = await centre.product.setPrice({ params: { id: product.id }, body: { amount, currency } });
    const was = product.prices.find((old) => old.currency === currency);
    this.show(price, () => `${product.name} costs ${moneyCell(price)}${was ? `, before ${moneyCell(was)}` : ''}.\n`);
  }
}
