// lapak staff add STORE NAME: a person who signs in at a store's tills.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { staffRoles } from '#schema/rules/staff';
import { LapakCommand } from '../../base-command.ts';
import { findStore } from '../../find.ts';
import { dryRunFlag } from '../../flags.ts';
import { makeId } from '../../ids.ts';
import { choosePin, pinFlags } from '../../pin.ts';
import { systemRandom } from '../../ui/clock.ts';

export default class StaffAdd extends LapakCommand<typeof StaffAdd> {
  static override summary = 'Add a person to the tills of a store.';
  static override examples = [
    '<%= config.bin %> staff add warung-sari "Kasir Pagi" --random-pin',
    'pass show till/pagi | <%= config.bin %> staff add warung-sari "Kepala Toko" --role manager --pin -',
  ];
  static override args = {
    store: Args.string({ required: true, description: 'The store: its code, its id or a prefix of one.' }),
    name: Args.string({ required: true, description: 'The name on the till.' }),
  };
  static override flags = {
    role: Flags.option({ options: staffRoles, default: 'cashier', summary: 'What they may do.' })(),
    ...pinFlags,
    ...dryRunFlag,
  };

  protected readonly attempt = 'add the person';

  async run(): Promise<void> {
    const { name } = this.args;
    const centre = await this.centre();
    const store = await findStore(centre, this.args.store);
    const { pin, told } = await choosePin({ flags: this.flags, name, random: systemRandom });
    const { role } = this.flags;
    const person = await centre.staff.create({ body: { id: makeId(), storeId: store.id, name, role, pin } });
    this.show({ ...person, ...told }, () =>
      [
        `Added ${person.name} as ${person.role} in ${store.name}.`,
        ...(told.pin === undefined ? [] : [`PIN: ${told.pin}  It is shown this once.`]),
        '',
      ].join('\n'),
    );
  }
}
