// lapak staff list: the people of the stores' tills, by store and name.
import * as Flags from '@oclif/core/flags';
import type { Staff } from '#schema/wire/staff';
import { LapakCommand } from '../../base-command.ts';
import { storeIdOf } from '../../find.ts';
import { listFlags, storeFlag } from '../../flags.ts';
import { pages } from '../../pages.ts';
import type { Column } from '../../ui/table.ts';

const columnsWith = (codes: ReadonlyMap<string, string>): Column<Staff>[] => [
  { name: 'name', value: (person) => person.name },
  { name: 'role', value: (person) => person.role },
  { name: 'store', value: (person) => codes.get(person.storeId) ?? person.storeId },
  { name: 'badge', value: (person) => person.badge, text: (person) => (person.badge ? 'yes' : '-') },
  { name: 'active', value: (person) => person.active, text: (person) => (person.active ? 'yes' : 'no') },
  { name: 'id', value: (person) => person.id, extra: true },
];

export default class StaffList extends LapakCommand<typeof StaffList> {
  static override summary = 'List the people of the tills.';
  static override examples = ['<%= config.bin %> staff list --store warung-sari', '<%= config.bin %> staff list --all --json'];
  static override flags = {
    store: storeFlag,
    all: Flags.boolean({ summary: 'Those who left as well.' }),
    ...listFlags,
  };

  protected readonly attempt = 'list the people';

  async run(): Promise<void> {
    const centre = await this.centre();
    const wish = { ...(await storeIdOf(centre, this.flags.store)), ...(!this.flags.all && { active: 'true' as const }) };
    const codes = new Map<string, string>();
    for await (const store of pages((query) => centre.store.list({ query }))) codes.set(store.id, store.code);
    const people = pages((query) => centre.staff.list({ query: { ...query, ...wish } }));
    await this.showList(people, columnsWith(codes), 'Nobody yet: the tills ask nobody to sign in. Add one: lapak staff add');
  }
}
