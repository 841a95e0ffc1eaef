// lapak node restore FILE: goes on from a backup; the node must not be running.
import * as Args from '@oclif/core/args';
import { LapakCommand } from '../../base-command.ts';
import { exitCodes } from '../../exit-codes.ts';
import { Failure } from '../../failure.ts';
import { dataFolderFlag, yesFlag } from '../../flags.ts';
import { gapText } from '../../gap-text.ts';

export default class NodeRestore extends LapakCommand<typeof NodeRestore> {
  static override summary = 'Go on from a backup of the store node.';
  static override description =
    'The backup is read whole first, and what stood in its place is set aside. Then the centre is asked for what came after it; where it cannot be reached, the node goes on alone. Either way in new series of receipts. Without FILE a restore that was broken off goes on.';
  static override examples = [
    '<%= config.bin %> node restore /var/lib/lapak/backups/store-2026-11-21T03-00-00.000Z.db',
    '<%= config.bin %> node restore',
  ];
  static override args = { file: Args.string({ description: 'The backup.' }) };
  static override flags = { ...dataFolderFlag, ...yesFlag };

  protected readonly attempt = 'restore the store node';

  async run(): Promise<void> {
    const dataFolder = this.programFolder('node');
    const { file } = this.args;
    if (file !== undefined) await this.ask(`Put ${file} in the place of the database in ${dataFolder}?`);
    const { restoreNode } = await import('#node/maintenance');
    const recovery = await restoreNode({ dataFolder, ...(file !== undefined && { file }) });
    if (!recovery)
      throw new Failure({
        exit: exitCodes.refused,
        code: 'replaced',
        why: 'Another machine has taken the place of this one, so it sells no more.',
        next: 'Use the new store box. What this one has unsent goes to the centre when it is started: lapak node start',
      });
    const { generation, fetched, gap, offline, skipped } = recovery;
    if (skipped.length > 0) this.endPartlyDone();
    this.show(recovery, () =>
      [
        offline
          ? `Generation ${generation} opened alone: the centre could not be reached. What it holds beyond the backup comes when it can be.`
          : `Generation ${generation} opened, ${fetched} facts fetched from the centre.`,
        gapText(gap),
        ...skipped.map(({ generation, seq, what }) => `Fact ${generation}.${seq} could not be applied here: ${what}`),
        'Next: lapak node start\n',
      ].join('\n'),
    );
  }
}
