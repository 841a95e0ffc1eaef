// lapak printer logo FILE: the picture at the head of receipts that the store node on this machine prints.
import { readFile } from 'node:fs/promises';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { LapakCommand } from '../../base-command.ts';
import { wrongUse } from '../../failure.ts';
import { dataFolderFlag, dryRunFlag } from '../../flags.ts';

export default class PrinterLogo extends LapakCommand<typeof PrinterLogo> {
  static override summary = 'Set the picture at the head of receipts: a PNG, best black on white and about 400 dots wide.';
  static override examples = ['<%= config.bin %> printer logo logo.png', '<%= config.bin %> printer logo --remove'];
  static override args = { file: Args.string({ description: 'The PNG.' }) };
  static override flags = {
    remove: Flags.boolean({ summary: 'Print no picture any more.' }),
    ...dataFolderFlag,
    ...dryRunFlag,
  };

  protected readonly attempt = 'set the logo';

  async run(): Promise<void> {
    const node = await this.localNode();
    if (this.flags.remove) {
      const removed = await node.receipt.removeLogo();
      return this.show(removed, () => (removed.removed ? 'Receipts have no logo any more.\n' : 'There was no logo.\n'));
    }
    const png = await this.picture();
    const size = await node.receipt.setLogo({ body: { png: png.toString('base64') } });
    this.show(size, () => `Receipts begin with a logo of ${size.width} × ${size.height}. See it: lapak printer test\n`);
  }

  private async picture(): Promise<Buffer> {
    const { file } = this.args;
    if (file === undefined) throw wrongUse('It does not say which picture.', 'Name a PNG, or --remove.', 'no-file');
    return readFile(file).catch(() => {
      throw wrongUse(`${file} cannot be read.`, 'Name a PNG that is there.', 'no-file');
    });
  }
}
