// lapak pickup add STORE: has a store pour what was paid for elsewhere.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { LapakCommand } from '../../base-command.ts';
import { wrongUse } from '../../failure.ts';
import { findProduct, findStore } from '../../find.ts';
import { dryRunFlag } from '../../flags.ts';
import { makeId } from '../../ids.ts';

export default class PickupAdd extends LapakCommand<typeof PickupAdd> {
  static override summary = 'Have a store pour what was bought elsewhere.';
  static override examples = ['<%= config.bin %> pickup add warung-sari --reference WEB-1042 --line AIR-600=2'];
  static override args = {
    store: Args.string({ required: true, description: 'The store: its code, its id or a prefix of one.' }),
  };
  static override flags = {
    reference: Flags.string({ required: true, summary: 'What whoever sold it calls the order.' }),
    line: Flags.string({
      required: true,
      multiple: true,
      summary: 'A product and how many; may be said several times.',
      helpValue: '<product=quantity>',
    }),
    ...dryRunFlag,
  };

  protected readonly attempt = 'ask for the pickup';

  async run(): Promise<void> {
    const { reference, line } = this.flags;
    const centre = await this.centre();
    const store = await findStore(centre, this.args.store);
    const lines: { productId: string; quantity: number }[] = [];
    for (const text of line) {
      const [, product, quantity] = /^(.+)=(\d{1,2})$/.exec(text) ?? [];
      if (product === undefined || quantity === undefined)
        throw wrongUse(`--line ${text} does not say what and how many.`, 'Write it like --line AIR-600=2.', 'bad-line');
      lines.push({ productId: (await findProduct(centre, product)).id, quantity: Number(quantity) });
    }
    const pickup = await centre.pickup.create({ body: { id: makeId(), storeId: store.id, reference, lines } });
    this.show(pickup, () => `Asked ${store.name} for ${pickup.units.length} vouchers (${pickup.id}). See: lapak pickup list\n`);
  }
}
