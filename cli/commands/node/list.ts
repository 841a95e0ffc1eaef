// lapak node list STORE: the machines that were the store's node, newest first.
import * as Args from '@oclif/core/args';
import type { StoreNode } from '#schema/wire/store';
import { LapakCommand } from '../../base-command.ts';
import { findStore } from '../../find.ts';
import { listFlags } from '../../flags.ts';
import type { Column } from '../../ui/table.ts';
import { timeCell } from '../../ui/time.ts';

const time = (name: string, of: (node: StoreNode) => string | null): Column<StoreNode> => ({
  name,
  value: of,
  text: (node) => timeCell(of(node)),
});

const columns: Column<StoreNode>[] = [
  { name: 'name', value: (node) => node.name },
  { name: 'state', value: (node) => node.state },
  time('enrolled', (node) => node.enrolledAt),
  time('revoked', (node) => node.revokedAt),
  time('seen', (node) => node.lastSeenAt),
  { name: 'version', value: (node) => node.version },
  { name: 'id', value: (node) => node.id, extra: true },
];

export default class NodeList extends LapakCommand<typeof NodeList> {
  static override summary = 'List the machines that were the node of a store.';
  static override examples = ['<%= config.bin %> node list warung-sari'];
  static override args = {
    store: Args.string({ required: true, description: 'The store: its code, its id or a prefix of one.' }),
  };
  static override flags = listFlags;

  protected readonly attempt = 'list the nodes';

  async run(): Promise<void> {
    const centre = await this.centre();
    const { id } = await findStore(centre, this.args.store);
    const { items } = await centre.store.nodes({ params: { id } });
    await this.showList(items, columns, 'This store has had no node yet: lapak store enrolment-code');
  }
}
