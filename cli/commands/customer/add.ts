// lapak customer add STORE NAME: a customer of a store; who is known by number or address already is found.
import * as Args from '@oclif/core/args';
import { LapakCommand } from '../../base-command.ts';
import { contactFlags, contactOf } from '../../contact.ts';
import { findStore } from '../../find.ts';
import { dryRunFlag } from '../../flags.ts';
import { makeId } from '../../ids.ts';

export default class CustomerAdd extends LapakCommand<typeof CustomerAdd> {
  static override summary = 'Add a customer to a store.';
  static override examples = ['<%= config.bin %> customer add warung-sari "Pelanggan Tetap" --phone 0812-3456-7890'];
  static override args = {
    store: Args.string({ required: true, description: 'The store: its code, its id or a prefix of one.' }),
    name: Args.string({ required: true, description: 'The name.' }),
  };
  static override flags = { ...contactFlags, ...dryRunFlag };

  protected readonly attempt = 'add the customer';

  async run(): Promise<void> {
    const centre = await this.centre();
    const store = await findStore(centre, this.args.store);
    const id = makeId();
    const body = { id, storeId: store.id, name: this.args.name, ...contactOf(this.flags) };
    const customer = await centre.customer.create({ body });
    const known = customer.id !== id;
    this.show(customer, () => `${known ? 'Known already' : 'Added'}: ${customer.name}, of ${store.name} from now on.\n`);
  }
}
