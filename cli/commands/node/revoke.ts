// lapak node revoke STORE: shuts the store's machine out of the chain; its history stays, and the store may get another one.
import * as Args from '@oclif/core/args';
import { LapakCommand } from '../../base-command.ts';
import { exitCodes } from '../../exit-codes.ts';
import { Failure } from '../../failure.ts';
import { findStore } from '../../find.ts';
import { dryRunFlag, yesFlag } from '../../flags.ts';
import { timeCell } from '../../ui/time.ts';

export default class NodeRevoke extends LapakCommand<typeof NodeRevoke> {
  static override summary = 'Shut the machine of a store out of the chain.';
  static override description =
    'For a machine that was lost, stolen or sold: from then on the centre takes nothing from it and tells it nothing. What it has sent stays.';
  static override examples = ['<%= config.bin %> node revoke warung-sari'];
  static override args = {
    store: Args.string({ required: true, description: 'The store: its code, its id or a prefix of one.' }),
  };
  static override flags = { ...dryRunFlag, ...yesFlag };

  protected readonly attempt = 'revoke the node';

  async run(): Promise<void> {
    const centre = await this.centre();
    const store = await findStore(centre, this.args.store);
    if (!store.node)
      throw new Failure({
        exit: exitCodes.refused,
        code: 'no-node',
        why: `${store.name} has no node.`,
        next: `See which it had: lapak node list ${store.code}`,
      });
    const { id: nodeId, waiting, lastSeenAt } = store.node;
    const unsent = waiting === null || waiting > 0 ? ` ${waiting ?? 'Unknown how many'} facts on it have not arrived.` : '';
    await this.ask(`Shut the node of ${store.name}, last heard ${timeCell(lastSeenAt)}, out for good?${unsent}`);
    const node = await centre.store.revokeNode({ params: { id: store.id }, body: { nodeId } });
    this.show(
      node,
      () => `Revoked ${node.name}, the node of ${store.name}. For another machine: lapak node replace ${store.code}\n`,
    );
  }
}
