// lapak printer test NAME: prints a page that shows width, sizes, letters, a QR code and the cut, and stays until it is out.
import * as Args from '@oclif/core/args';
import { LapakCommand } from '../../base-command.ts';
import { dataFolderFlag, dryRunFlag } from '../../flags.ts';
import { makeId } from '../../ids.ts';
import { awaitPrinted, findPrinter } from '../../printers.ts';

export default class PrinterTest extends LapakCommand<typeof PrinterTest> {
  static override summary = 'Print a test page.';
  static override examples = ['<%= config.bin %> printer test Counter'];
  static override args = { printer: Args.string({ required: true, description: 'The printer: its name, its id or a prefix.' }) };
  static override flags = { ...dataFolderFlag, ...dryRunFlag };

  protected readonly attempt = 'print the test page';

  async run(): Promise<void> {
    const node = await this.localNode();
    const printer = await findPrinter(node, this.args.printer);
    const queued = await node.print.print({ body: { id: makeId(), kind: 'test', printerId: printer.id } });
    const job = await awaitPrinted(node, queued, this.waiting());
    this.show(
      job,
      () => `${printer.name} printed the test page. Compare its ${printer.profile.columns} columns and its letters.\n`,
    );
  }
}
