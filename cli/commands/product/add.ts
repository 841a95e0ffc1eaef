// lapak product add SKU: a new product, with its price and barcodes at once.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { LapakCommand } from '../../base-command.ts';
import { findCategory } from '../../categories.ts';
import { currencyOf } from '../../chain-currency.ts';
import type { Centre } from '../../connect.ts';
import { dryRunFlag } from '../../flags.ts';
import { makeId } from '../../ids.ts';
import { moneyCell, readPrice } from '../../ui/money.ts';

export default class ProductAdd extends LapakCommand<typeof ProductAdd> {
  static override summary = 'Add a product.';
  static override examples = [
    '<%= config.bin %> product add KOPI-SUSU --name "Kopi susu gula aren" --price 18000 --barcode 8991234567891',
    '<%= config.bin %> product add AIR-600 --name "Air 600 ml" --price 3000 --dispensable --stock-policy forbid',
  ];
  static override args = { sku: Args.string({ required: true, description: 'Its short code, unique in the chain.' }) };
  static override flags = {
    name: Flags.string({ required: true, summary: 'The name on till and receipt.' }),
    price: Flags.string({ summary: 'Its price, as customers pay it.' }),
    currency: Flags.string({ summary: 'The currency of the price, where the chain has several.' }),
    category: Flags.string({ summary: 'Its category by name.' }),
    barcode: Flags.string({ multiple: true, summary: 'A barcode; may be said several times.' }),
    unit: Flags.string({ summary: 'What one is, like pcs or kg.' }),
    'quantity-scale': Flags.integer({ min: 0, max: 6, summary: 'Decimals of its quantity: 3 for grams under a price per kg.' }),
    'tax-class': Flags.string({ summary: 'Its tax class.' }),
    dispensable: Flags.boolean({ summary: 'Poured by a dispenser against a voucher.' }),
    'stock-policy': Flags.option({ options: ['warn', 'forbid'] as const, summary: 'Whether it may be sold below zero.' })(),
    ...dryRunFlag,
  };

  protected readonly attempt = 'add the product';

  async run(): Promise<void> {
    const { name, unit, barcode, category, dispensable } = this.flags;
    const centre = await this.centre();
    const product = await centre.product.create({
      body: {
        id: makeId(),
        sku: this.args.sku,
        name,
        ...(unit && { unit }),
        ...(barcode && { barcodes: barcode }),
        ...(category && { categoryId: (await findCategory(centre, category)).id }),
        ...(dispensable && { dispensable }),
        ...this.rules(),
        ...(await this.price(centre)),
      },
    });
    this.show(
      product,
      () => `Added ${product.sku}, ${product.name}: ${product.prices.map(moneyCell).join(', ') || 'no price yet'}.\n`,
    );
  }

  private rules() {
    const { 'quantity-scale': quantityScale, 'tax-class': taxClass, 'stock-policy': stockPolicy } = this.flags;
    return { ...(quantityScale && { quantityScale }), ...(taxClass && { taxClass }), ...(stockPolicy && { stockPolicy }) };
  }

  private async price(centre: Centre) {
    if (this.flags.price === undefined) return {};
    const currency = await currencyOf(centre, this.flags.currency);
    return { price: { amount: readPrice(this.flags.price, currency, '--price'), currency } };
  }
}
