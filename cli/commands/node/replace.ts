// lapak node replace STORE: gives up the store's lost machine, and makes the one-time code for its successor.
import * as Args from '@oclif/core/args';
import { LapakCommand } from '../../base-command.ts';
import { findStore } from '../../find.ts';
import { dryRunFlag, yesFlag } from '../../flags.ts';
import { timeCell } from '../../ui/time.ts';

export default class NodeReplace extends LapakCommand<typeof NodeReplace> {
  static override summary = 'Give up the lost machine of a store, and make a code for its successor.';
  static override description =
    'The lost machine is shut out at once; should it come back, it sells no more, and what it had not sent waits in quarantine.';
  static override examples = ['<%= config.bin %> node replace warung-sari'];
  static override args = {
    store: Args.string({ required: true, description: 'The store: its code, its id or a prefix of one.' }),
  };
  static override flags = { ...dryRunFlag, ...yesFlag };

  protected readonly attempt = 'replace the node';

  async run(): Promise<void> {
    const centre = await this.centre();
    const store = await findStore(centre, this.args.store);
    const heard = store.node ? `, last heard ${timeCell(store.node.lastSeenAt)},` : '';
    await this.ask(`Give up the machine of ${store.name}${heard} for good? Its till stops selling when it hears of it.`);
    const replaced = await centre.recovery.replaceNode({ params: { id: store.id } });
    const command = `lapak node recover --server ${centre.baseUrl} --code ${replaced.code}`;
    const { generation, seq } = replaced.acknowledged;
    this.show({ ...replaced, command }, () =>
      [
        replaced.code,
        `Valid until ${timeCell(replaced.expiresAt)}. On the new machine: ${command}`,
        `The centre holds the journal up to ${generation}.${seq}.\n`,
      ].join('\n'),
    );
  }
}
