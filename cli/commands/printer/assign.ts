// lapak printer assign NAME TILL: lets a till of this machine's store node print at this printer from now on.
import * as Args from '@oclif/core/args';
import { LapakCommand } from '../../base-command.ts';
import { dataFolderFlag, dryRunFlag } from '../../flags.ts';
import { findPrinter } from '../../printers.ts';

export default class PrinterAssign extends LapakCommand<typeof PrinterAssign> {
  static override summary = 'Let a till print at this printer.';
  static override description = 'A till that was never told prints at the printer that was added first.';
  static override examples = ['<%= config.bin %> printer assign Counter T1'];
  static override args = {
    printer: Args.string({ required: true, description: 'The printer: its name, its id or a prefix.' }),
    till: Args.string({ required: true, description: 'The code of the till, like T1.' }),
  };
  static override flags = { ...dataFolderFlag, ...dryRunFlag };

  protected readonly attempt = 'assign the printer';

  async run(): Promise<void> {
    const node = await this.localNode();
    const { id } = await findPrinter(node, this.args.printer);
    const printer = await node.print.assign({ params: { id, code: this.args.till } });
    this.show(printer, () => `${this.args.till} prints at ${printer.name}.\n`);
  }
}
