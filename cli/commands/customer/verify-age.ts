// lapak customer verify-age CUSTOMER DATE: a date of birth that somebody saw written; tills need not ask again.
import * as Args from '@oclif/core/args';
import { LapakCommand } from '../../base-command.ts';
import { customerText } from '../../customer-text.ts';
import { findCustomer } from '../../find.ts';
import { dryRunFlag } from '../../flags.ts';

export default class CustomerVerifyAge extends LapakCommand<typeof CustomerVerifyAge> {
  static override summary = 'Note the date of birth that a customer has proven.';
  static override examples = ['<%= config.bin %> customer verify-age +6281234567890 1999-05-17'];
  static override args = {
    customer: Args.string({ required: true, description: 'Name, number, address or id, or a prefix of one.' }),
    born: Args.string({ required: true, description: 'The date of birth, like 1999-05-17.' }),
  };
  static override flags = dryRunFlag;

  protected readonly attempt = 'note the age';

  async run(): Promise<void> {
    const centre = await this.centre();
    const { id } = await findCustomer(centre, this.args.customer);
    const customer = await centre.customer.verifyAge({ body: { customerId: id, bornOn: this.args.born } });
    this.show(customer, () => customerText(customer));
  }
}
