// lapak node backup: a verified copy of the store node's database, now, whether it runs or not.
import { resolve } from 'node:path';
import * as Flags from '@oclif/core/flags';
import type { Backup } from '#schema/wire/backup';
import { LapakCommand } from '../../base-command.ts';
import { dataFolderFlag } from '../../flags.ts';

export default class NodeBackup extends LapakCommand<typeof NodeBackup> {
  static override summary = 'Back up the store node on this machine.';
  static override description =
    'The copy is read again whole, every hash of its journal too, before it counts. It holds the keys of the node: keep it as you keep the machine. Put one on another disk with --to.';
  static override examples = ['<%= config.bin %> node backup', '<%= config.bin %> node backup --to /mnt/usb'];
  static override flags = {
    to: Flags.string({ summary: 'The folder to write to; “backups” in the data folder unless said.', helpValue: '<folder>' }),
    ...dataFolderFlag,
  };

  protected readonly attempt = 'back up the store node';

  async run(): Promise<void> {
    const to = this.flags.to === undefined ? undefined : resolve(this.flags.to);
    const backup = await this.backUp(to);
    this.show(backup, () => `${backup.file}\n${backup.facts} facts, ${Math.ceil(backup.bytes / 1_000)} kB, verified.\n`);
  }

  /** A node that runs does it itself; one that does not is opened here. */
  private async backUp(to: string | undefined): Promise<Backup> {
    const { UnreachableError } = await import('#schema/client');
    try {
      const node = await this.localNode();
      return await node.node.backUp({ body: to === undefined ? {} : { to } });
    } catch (error) {
      if (!(error instanceof UnreachableError)) throw error;
    }
    const { backUpNode } = await import('#node/maintenance');
    return backUpNode({ dataFolder: this.existingNodeFolder(), ...(to !== undefined && { to }) });
  }
}
