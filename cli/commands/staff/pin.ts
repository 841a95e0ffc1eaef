// lapak staff pin PERSON: a new PIN, in place of the one before.
import * as Args from '@oclif/core/args';
import { LapakCommand } from '../../base-command.ts';
import { findStaff, storeIdOf } from '../../find.ts';
import { dryRunFlag, storeFlag } from '../../flags.ts';
import { choosePin, pinFlags } from '../../pin.ts';
import { systemRandom } from '../../ui/clock.ts';

export default class StaffPin extends LapakCommand<typeof StaffPin> {
  static override summary = 'Set the PIN of a person.';
  static override examples = [
    '<%= config.bin %> staff pin "Kasir Pagi"',
    '<%= config.bin %> staff pin "Kasir Pagi" --random-pin',
  ];
  static override args = { person: Args.string({ required: true, description: 'The name or the id, or a prefix of one.' }) };
  static override flags = { store: storeFlag, ...pinFlags, ...dryRunFlag };

  protected readonly attempt = 'set the PIN';

  async run(): Promise<void> {
    const centre = await this.centre();
    const { storeId } = await storeIdOf(centre, this.flags.store);
    const { id, name } = await findStaff(centre, this.args.person, storeId);
    const { pin, told } = await choosePin({ flags: this.flags, name, random: systemRandom });
    const person = await centre.staff.setPin({ params: { id }, body: { pin } });
    this.show({ ...person, ...told }, () =>
      told.pin === undefined ? `${name} has a new PIN.\n` : `${name} has a new PIN: ${told.pin}  It is shown this once.\n`,
    );
  }
}
