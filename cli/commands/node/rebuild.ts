// lapak node rebuild: derives everything that follows from the journal again; the node must not be running.
import { LapakCommand } from '../../base-command.ts';
import { dataFolderFlag, yesFlag } from '../../flags.ts';

export default class NodeRebuild extends LapakCommand<typeof NodeRebuild> {
  static override summary = 'Derive the tables of the store node again from its journal.';
  static override examples = ['<%= config.bin %> node rebuild'];
  static override flags = { ...dataFolderFlag, ...yesFlag };

  protected readonly attempt = 'rebuild the store node';

  async run(): Promise<void> {
    const folder = this.existingNodeFolder();
    await this.ask(`Derive sales, stock and vouchers of ${folder} again from its journal?`);
    const { rebuildNode } = await import('#node/main');
    const { facts } = await rebuildNode({ dataFolder: folder });
    this.show({ folder, facts }, () => `Rebuilt from ${facts} facts.\n`);
  }
}
