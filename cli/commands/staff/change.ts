// lapak staff change PERSON: another name or role, or back at the tills after leaving.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { staffRoles } from '#schema/rules/staff';
import { LapakCommand } from '../../base-command.ts';
import { wrongUse } from '../../failure.ts';
import { findStaff, storeIdOf } from '../../find.ts';
import { dryRunFlag, storeFlag } from '../../flags.ts';

export default class StaffChange extends LapakCommand<typeof StaffChange> {
  static override summary = 'Change a person of the tills.';
  static override examples = [
    '<%= config.bin %> staff change "Kasir Pagi" --role manager',
    '<%= config.bin %> staff change "Kasir Pagi" --active',
  ];
  static override args = { person: Args.string({ required: true, description: 'The name or the id, or a prefix of one.' }) };
  static override flags = {
    store: storeFlag,
    name: Flags.string({ summary: 'The name on the till.' }),
    role: Flags.option({ options: staffRoles, summary: 'What they may do.' })(),
    active: Flags.boolean({ summary: 'Back at the tills.' }),
    ...dryRunFlag,
  };

  protected readonly attempt = 'change the person';

  async run(): Promise<void> {
    const { name, role, active } = this.flags;
    const body = { ...(name && { name }), ...(role && { role }), ...(active && { active }) };
    if (Object.keys(body).length === 0) throw wrongUse('Nothing was said to change.', 'Say --name, --role or --active.');
    const centre = await this.centre();
    const { storeId } = await storeIdOf(centre, this.flags.store);
    const { id } = await findStaff(centre, this.args.person, storeId);
    const person = await centre.staff.change({ params: { id }, body });
    this.show(person, () => `${person.name} is ${person.role}${person.active ? '' : ', and has left'}.\n`);
  }
}
