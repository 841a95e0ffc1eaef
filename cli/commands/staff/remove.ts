// lapak staff remove PERSON: somebody who left is out at once; what they did stays.
import * as Args from '@oclif/core/args';
import { LapakCommand } from '../../base-command.ts';
import { findStaff, storeIdOf } from '../../find.ts';
import { dryRunFlag, storeFlag, yesFlag } from '../../flags.ts';

export default class StaffRemove extends LapakCommand<typeof StaffRemove> {
  static override summary = 'Take a person from the tills.';
  static override examples = ['<%= config.bin %> staff remove "Kasir Pagi"'];
  static override args = { person: Args.string({ required: true, description: 'The name or the id, or a prefix of one.' }) };
  static override flags = { store: storeFlag, ...dryRunFlag, ...yesFlag };

  protected readonly attempt = 'take the person from the tills';

  async run(): Promise<void> {
    const centre = await this.centre();
    const { storeId } = await storeIdOf(centre, this.flags.store);
    const { id, name } = await findStaff(centre, this.args.person, storeId);
    await this.ask(`Sign ${name} out and never in again?`);
    const person = await centre.staff.change({ params: { id }, body: { active: false } });
    this.show(person, () => `${name} is out. Back again: lapak staff change ${JSON.stringify(name)} --active\n`);
  }
}
