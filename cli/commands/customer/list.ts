// lapak customer list [TEXT]: the customers by name, each person once.
import * as Args from '@oclif/core/args';
import type { Customer } from '#schema/wire/customer';
import { LapakCommand } from '../../base-command.ts';
import { storeIdOf } from '../../find.ts';
import { listFlags, storeFlag } from '../../flags.ts';
import { pages } from '../../pages.ts';
import type { Column } from '../../ui/table.ts';

const columns: Column<Customer>[] = [
  { name: 'name', value: (customer) => customer.name },
  { name: 'phone', value: (customer) => customer.phone },
  { name: 'email', value: (customer) => customer.email },
  { name: 'born', value: (customer) => customer.bornOn },
  { name: 'stores', value: (customer) => new Set(customer.entries.map(({ storeId }) => storeId)).size, align: 'right' },
  { name: 'id', value: (customer) => customer.id, extra: true },
];

export default class CustomerList extends LapakCommand<typeof CustomerList> {
  static override summary = 'List the customers.';
  static override examples = [
    '<%= config.bin %> customer list 0812',
    '<%= config.bin %> customer list --store warung-sari --json',
  ];
  static override args = { text: Args.string({ description: 'In the name, the number or the address.' }) };
  static override flags = { store: storeFlag, ...listFlags };

  protected readonly attempt = 'list the customers';

  async run(): Promise<void> {
    const centre = await this.centre();
    const wish = { ...(this.args.text && { q: this.args.text }), ...(await storeIdOf(centre, this.flags.store)) };
    const customers = pages((query) => centre.customer.list({ query: { ...query, ...wish } }));
    await this.showList(customers, columns, 'No customers. Add one: lapak customer add');
  }
}
