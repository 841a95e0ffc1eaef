// lapak staff badge PERSON: a new badge's text, to be printed as a code; the one before opens nothing any more.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { LapakCommand } from '../../base-command.ts';
import { findStaff, storeIdOf } from '../../find.ts';
import { dryRunFlag, storeFlag } from '../../flags.ts';

export default class StaffBadge extends LapakCommand<typeof StaffBadge> {
  static override summary = 'Make a badge for a person, or withdraw it.';
  static override examples = [
    '<%= config.bin %> staff badge "Kasir Pagi"',
    '<%= config.bin %> staff badge "Kasir Pagi" --withdraw',
  ];
  static override args = { person: Args.string({ required: true, description: 'The name or the id, or a prefix of one.' }) };
  static override flags = {
    store: storeFlag,
    withdraw: Flags.boolean({ summary: 'Take it back; none takes its place.' }),
    ...dryRunFlag,
  };

  protected readonly attempt = 'make the badge';

  async run(): Promise<void> {
    const centre = await this.centre();
    const { storeId } = await storeIdOf(centre, this.flags.store);
    const { id, name } = await findStaff(centre, this.args.person, storeId);
    if (this.flags.withdraw) {
      const person = await centre.staff.withdrawBadge({ params: { id } });
      return this.show(person, () => `${name} has no badge any more.\n`);
    }
    const made = await centre.staff.issueBadge({ params: { id } });
    this.show(made, () => `${made.badge}\nPrint it as a code for ${name}. It is shown this once.\n`);
  }
}
