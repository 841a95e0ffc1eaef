// lapak allotment ask STORE PRODUCT QUANTITY: asks a store to set goods aside for the centre to sell.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { isoTime } from '#schema/values/time';
import { LapakCommand } from '../../base-command.ts';
import { awaitDirective } from '../../directive.ts';
import { wrongUse } from '../../failure.ts';
import { findProduct, findStore } from '../../find.ts';
import { dryRunFlag } from '../../flags.ts';
import { makeId } from '../../ids.ts';
import { readQuantity } from '../../ui/quantity.ts';

export default class AllotmentAsk extends LapakCommand<typeof AllotmentAsk> {
  static override summary = 'Ask a store to set goods aside for the centre to sell.';
  static override description = 'Its tills do not sell them any more once it has. The store decides: what it lacks it refuses.';
  static override examples = ['<%= config.bin %> allotment ask warung-sari KOPI-SUSU 12 --until 2026-12-31T17:00:00Z --wait'];
  static override args = {
    store: Args.string({ required: true, description: 'The store: its code, its id or a prefix of one.' }),
    product: Args.string({ required: true, description: 'The product: its SKU, barcode or id, or a prefix of one.' }),
    quantity: Args.string({ required: true, description: 'How many, in the product’s unit.' }),
  };
  static override flags = {
    until: Flags.string({ summary: 'When they go back by themselves; never unless said.', helpValue: '<time>' }),
    wait: Flags.boolean({ summary: 'Stay until the store has granted it.' }),
    ...dryRunFlag,
  };

  protected readonly attempt = 'ask for an allotment';

  async run(): Promise<void> {
    const { until, wait } = this.flags;
    const expiresAt = until === undefined ? undefined : Date.parse(until);
    if (expiresAt !== undefined && Number.isNaN(expiresAt))
      throw wrongUse(`“${until}” is not a time.`, 'Give one like 2026-12-31T17:00:00Z, to --until.', 'bad-time');
    const centre = await this.centre();
    const store = await findStore(centre, this.args.store);
    const product = await findProduct(centre, this.args.product);
    const quantity = readQuantity(this.args.quantity, product.quantityScale);
    if (quantity < 0)
      throw wrongUse('Nobody can set aside less than nothing.', 'Give a quantity without a minus.', 'bad-quantity');
    const sent = await centre.allotment.ask({
      body: {
        id: makeId(),
        storeId: store.id,
        productId: product.id,
        quantity,
        ...(expiresAt !== undefined && { expiresAt: isoTime(expiresAt) }),
      },
    });
    const directive = wait ? await awaitDirective(centre, sent.directiveId, this.waiting()) : sent;
    const state = directive.state === 'done' ? `${store.name} has set them aside.` : `${store.name} does it when it hears of it.`;
    this.show(directive, () => `${this.args.quantity} × ${product.name}: ${state}\n`);
  }
}
