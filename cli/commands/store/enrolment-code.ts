// lapak store enrolment-code STORE: the one-time code by which a machine becomes the store's node.
import * as Args from '@oclif/core/args';
import { LapakCommand } from '../../base-command.ts';
import { findStore } from '../../find.ts';
import { dryRunFlag } from '../../flags.ts';
import { timeCell } from '../../ui/time.ts';

export default class StoreEnrolmentCode extends LapakCommand<typeof StoreEnrolmentCode> {
  static override summary = 'Make a one-time code for the node of a store.';
  static override examples = ['<%= config.bin %> store enrolment-code warung-sari'];
  static override args = { store: Args.string({ required: true, description: 'Its code, its id or a prefix of one.' }) };
  static override flags = dryRunFlag;

  protected readonly attempt = 'make an enrolment code';

  async run(): Promise<void> {
    const centre = await this.centre();
    const store = await findStore(centre, this.args.store);
    const made = await centre.store.createEnrolmentCode({ params: { id: store.id } });
    const command = `lapak node enrol --server ${centre.baseUrl} --code ${made.code}`;
    this.show(
      { ...made, command },
      () => `${made.code}\nValid until ${timeCell(made.expiresAt)}. On the store’s machine: ${command}\n`,
    );
  }
}
