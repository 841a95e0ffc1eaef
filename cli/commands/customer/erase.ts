// lapak customer erase CUSTOMER: forgets who somebody is, here and in every store; what they bought stays.
import * as Args from '@oclif/core/args';
import { LapakCommand } from '../../base-command.ts';
import { findCustomer } from '../../find.ts';
import { dryRunFlag, yesFlag } from '../../flags.ts';

export default class CustomerErase extends LapakCommand<typeof CustomerErase> {
  static override summary = 'Forget who a customer is, everywhere.';
  static override examples = ['<%= config.bin %> customer erase +6281234567890'];
  static override args = {
    customer: Args.string({ required: true, description: 'Name, number, address or id, or a prefix of one.' }),
  };
  static override flags = { ...dryRunFlag, ...yesFlag };

  protected readonly attempt = 'erase the customer';

  async run(): Promise<void> {
    const centre = await this.centre();
    const { id, name, entries } = await findCustomer(centre, this.args.customer);
    await this.ask(
      `Forget ${name ?? id} here and in ${entries.length} ${entries.length === 1 ? 'store' : 'stores'}? It cannot be undone.`,
    );
    const customer = await centre.customer.erase({ params: { id } });
    this.show(customer, () => 'Forgotten here; each store forgets when it hears of it.\n');
  }
}
