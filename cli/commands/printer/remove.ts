// lapak printer remove NAME: the store node on this machine forgets a printer; what waits for it is cancelled.
import * as Args from '@oclif/core/args';
import { LapakCommand } from '../../base-command.ts';
import { dataFolderFlag, dryRunFlag, yesFlag } from '../../flags.ts';
import { findPrinter } from '../../printers.ts';

export default class PrinterRemove extends LapakCommand<typeof PrinterRemove> {
  static override summary = 'Remove a receipt printer from the store node on this machine.';
  static override examples = ['<%= config.bin %> printer remove Kitchen'];
  static override args = { printer: Args.string({ required: true, description: 'The printer: its name, its id or a prefix.' }) };
  static override flags = { ...dataFolderFlag, ...dryRunFlag, ...yesFlag };

  protected readonly attempt = 'remove the printer';

  async run(): Promise<void> {
    const node = await this.localNode();
    const { id, name, waiting } = await findPrinter(node, this.args.printer);
    await this.ask(`Remove ${name}${waiting === 0 ? '' : ` and cancel ${waiting} jobs that wait for it`}?`);
    const removed = await node.print.removePrinter({ params: { id } });
    this.show(removed, () => `Removed ${name}.\n`);
  }
}
