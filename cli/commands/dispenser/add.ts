// lapak dispenser add STORE: enters a dispenser in the centre's registry and says what each of its slots pours.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { LapakCommand } from '../../base-command.ts';
import type { Centre } from '../../connect.ts';
import { wrongUse } from '../../failure.ts';
import { findProduct, findStore } from '../../find.ts';
import { dryRunFlag } from '../../flags.ts';
import { makeId } from '../../ids.ts';

export default class DispenserAdd extends LapakCommand<typeof DispenserAdd> {
  static override summary = 'Add a dispenser to a store.';
  static override examples = ['<%= config.bin %> dispenser add warung-sari --name "Water 1" --slot 0=AIR-600'];
  static override args = {
    store: Args.string({ required: true, description: 'The store: its code, its id or a prefix of one.' }),
  };
  static override flags = {
    name: Flags.string({ required: true, summary: 'What people call it.' }),
    slot: Flags.string({
      required: true,
      multiple: true,
      summary: 'A slot and what it pours; may be said several times.',
      helpValue: '<slot=product>',
    }),
    ...dryRunFlag,
  };

  protected readonly attempt = 'add the dispenser';

  async run(): Promise<void> {
    const { name } = this.flags;
    const centre = await this.centre();
    const store = await findStore(centre, this.args.store);
    const slots = await this.slots(centre);
    const dispenser = await centre.store.addDispenser({ params: { id: store.id }, body: { id: makeId(), name, slots } });
    this.show(dispenser, () => `Added ${dispenser.name} to ${store.name} as dispenser ${dispenser.number}.\n`);
  }

  private async slots(centre: Centre) {
    const slots: { slot: number; productId: string }[] = [];
    for (const text of this.flags.slot) {
      const [, slot, product] = /^(\d{1,3})=(.+)$/.exec(text) ?? [];
      if (slot === undefined || product === undefined)
        throw wrongUse(`--slot ${text} does not say which slot pours what.`, 'Write it like --slot 0=AIR-600.', 'bad-slot');
      slots.push({ slot: Number(slot), productId: (await findProduct(centre, product)).id });
    }
    return slots;
  }
}
