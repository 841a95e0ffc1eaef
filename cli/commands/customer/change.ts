// lapak customer change CUSTOMER: another name, number or address; or a date of birth that somebody saw written.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { LapakCommand } from '../../base-command.ts';
import { contactFlags, contactOf } from '../../contact.ts';
import { customerText } from '../../customer-text.ts';
import { wrongUse } from '../../failure.ts';
import { findCustomer } from '../../find.ts';
import { dryRunFlag } from '../../flags.ts';

export default class CustomerChange extends LapakCommand<typeof CustomerChange> {
  static override summary = 'Change a customer.';
  static override examples = ['<%= config.bin %> customer change +6281234567890 --email pelanggan@example.com'];
  static override args = {
    customer: Args.string({ required: true, description: 'Name, number, address or id, or a prefix of one.' }),
  };
  static override flags = { name: Flags.string({ summary: 'The name.' }), ...contactFlags, ...dryRunFlag };

  protected readonly attempt = 'change the customer';

  async run(): Promise<void> {
    const { name } = this.flags;
    const body = { ...(name && { name }), ...contactOf(this.flags) };
    if (Object.keys(body).length === 0) throw wrongUse('Nothing was said to change.', 'Say --name, --phone or --email.');
    const centre = await this.centre();
    const { id } = await findCustomer(centre, this.args.customer);
    const customer = await centre.customer.change({ params: { id }, body });
    this.show(customer, () => customerText(customer));
  }
}
