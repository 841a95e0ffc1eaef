// lapak product add SKU: a new product, with its price and barcodes at once.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { LapakCommand } from '../../base-command.ts';
import { findCategory } from '../../categories.ts';
import { currencyOf } from '../../chain-currency.ts';
import type { Centre } from '../../connect.ts';
import { dryRunFlag } from '../../flags.ts';
import { makeId } from '../../ids.ts';
import { productRuleFlags, productRules } from '../../product-rules.ts';
import { moneyCell, readPrice } from '../../ui/money.ts';

export default class ProductAdd extends LapakCommand<typeof ProductAdd> {
  static override summary = 'Add a product.';
  static override examples = [
    '<%= config.bin %> product add KOPI-SUSU --name "Kopi susu gula aren" --price 18000 --barcode 8991234567891',
    '<%= config.bin %> product add APEL --name "Apel per kg" --quantity-scale 3 --unit kg --plu 4011 --low-stock-at 2.5',
    '<%= config.bin %> product add AIR-600 --name "Air 600 ml" --price 3000 --dispensable --stock-policy forbid',
  ];
  static override args = { sku: Args.string({ required: true, description: 'Its short code, unique in the chain.' }) };
  static override flags = {
    name: Flags.string({ required: true, summary: 'The name on till and receipt.' }),
    price: Flags.string({ summary: 'Its price, as customers pay it.' }),
    currency: Flags.string({ summary: 'The currency of the price, where the chain has several.' }),
    category: Flags.string({ summary: 'Its category by name.' }),
    barcode: Flags.string({ multiple: true, summary: 'A barcode; may be said several times.' }),
    'quantity-scale': Flags.integer({ min: 0, max: 6, summary: 'Decimals of its quantity: 3 for grams under a price per kg.' }),
    dispensable: Flags.boolean({ summary: 'Poured by a dispenser against a voucher.' }),
    ...productRuleFlags,
    ...dryRunFlag,
  };

  protected readonly attempt = 'add the product';

  async run(): Promise<void> {
    const { name, barcode, category, dispensable, 'quantity-scale': quantityScale = 0 } = this.flags;
    const centre = await this.centre();
    const product = await centre.product.create({
      body: {
        id: makeId(),
        sku: this.args.sku,
        name,
        ...(barcode && { barcodes: barcode }),
        ...(category && { categoryId: (await findCategory(centre, category)).id }),
        ...(dispensable && { dispensable }),
        ...(quantityScale > 0 && { quantityScale }),
        ...productRules(this.flags, quantityScale),
        ...(await this.price(centre)),
      },
    });
    this.show(
      product,
      () => `Added ${product.sku}, ${product.name}: ${product.prices.map(moneyCell).join(', ') || 'no price yet'}.\n`,
    );
  }

  private async price(centre: Centre) {
    if (this.flags.price === undefined) return {};
    const currency = await currencyOf(centre, this.flags.currency);
    return { price: { amount: readPrice(this.flags.price, currency, '--price'), currency } };
  }
}
