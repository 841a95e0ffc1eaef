// lapak customer show CUSTOMER: one person, by any id that a till gave.
import * as Args from '@oclif/core/args';
import { LapakCommand } from '../../base-command.ts';
import { customerText } from '../../customer-text.ts';
import { findCustomer } from '../../find.ts';

export default class CustomerShow extends LapakCommand<typeof CustomerShow> {
  static override summary = 'Show one customer.';
  static override examples = ['<%= config.bin %> customer show +6281234567890'];
  static override args = {
    customer: Args.string({ required: true, description: 'Name, number, address or id, or a prefix of one.' }),
  };

  protected readonly attempt = 'show the customer';

  async run(): Promise<void> {
    const customer = await findCustomer(await this.centre(), this.args.customer);
    this.show(customer, () => customerText(customer));
  }
}
