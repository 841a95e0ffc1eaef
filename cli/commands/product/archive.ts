// lapak product archive PRODUCT…: takes products out of sale; their history stays.
import * as Args from '@oclif/core/args';
import type { Product } from '#schema/wire/product';
import { LapakCommand } from '../../base-command.ts';
import type { Centre } from '../../connect.ts';
import { findProduct } from '../../find.ts';
import { dryRunFlag, yesFlag } from '../../flags.ts';
import { explain } from '../../ui/errors.ts';

export default class ProductArchive extends LapakCommand<typeof ProductArchive> {
  static override summary = 'Take products out of sale.';
  static override examples = [
    '<%= config.bin %> product archive KOPI-SUSU',
    '<%= config.bin %> product archive KOPI-SUSU TEH-BOTOL --yes',
  ];
  static override strict = false;
  static override args = {
    product: Args.string({ required: true, description: 'SKU, barcode or id, or a prefix of one; several may be named.' }),
  };
  static override flags = { ...dryRunFlag, ...yesFlag };

  protected readonly attempt = 'archive the products';

  async run(): Promise<void> {
    const centre = await this.centre();
    const products: Product[] = [];
    for (const word of this.words) products.push(await findProduct(centre, word));
    await this.ask(
      `Take ${products.length === 1 ? products[0]?.name : `${products.length} products`} out of sale in every store?`,
    );
    const { archived, failed } = await this.archiveAll(centre, products);
    if (archived.length > 0 && failed.length > 0) this.endPartlyDone();
    const lines = [
      ...archived.map((sku) => `Archived ${sku}.\n`),
      ...failed.map(({ sku, why }) => `Not archived ${sku}: ${why}\n`),
    ];
    this.show({ archived, failed }, () => lines.join(''));
  }

  private async archiveAll(centre: Centre, products: readonly Product[]) {
    const archived: string[] = [];
    const failed: { sku: string; why: string }[] = [];
    for (const { id, sku } of products) {
      try {
        await centre.product.archive({ params: { id } });
        archived.push(sku);
      } catch (error) {
        // With nothing done yet it is a plain failure, with its own exit code.
        if (archived.length === 0) throw error;
        failed.push({ sku, why: (await explain(error, { attempt: this.attempt, command: 'lapak product archive' })).why });
      }
    }
    return { archived, failed };
  }
}
