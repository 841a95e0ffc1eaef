// lapak printer add NAME: tells the store node on this machine of a receipt printer, on the network or on a serial line.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import type { PrinterLink, PrinterProfile } from '#schema/wire/print';
import { LapakCommand } from '../../base-command.ts';
import { wrongUse } from '../../failure.ts';
import { dataFolderFlag, dryRunFlag } from '../../flags.ts';
import { makeId } from '../../ids.ts';
import { linkText, readAddress } from '../../printers.ts';

const columnsOfPaper = { '58': 32, '80': 48 } as const;
const pins = { '2': 2, '5': 5 } as const;

export default class PrinterAdd extends LapakCommand<typeof PrinterAdd> {
  static override summary = 'Add a receipt printer (ESC/POS) to the store node on this machine.';
  static override examples = [
    '<%= config.bin %> printer add Counter --address 192.168.1.50 --drawer 2',
    '<%= config.bin %> printer add Kitchen --serial /dev/ttyUSB0 --baud 19200 --paper 58 --cut none',
  ];
  static override args = { name: Args.string({ required: true, description: 'What people call it.' }) };
  static override flags = {
    address: Flags.string({ summary: 'Where it is on the network; port 9100 unless said.', helpValue: '<host[:port]>' }),
    serial: Flags.string({
      summary: 'The serial line that it is on, USB ones too.',
      helpValue: '<path>',
      exclusive: ['address'],
    }),
    baud: Flags.integer({ summary: 'The speed of the serial line.', default: 9_600, helpValue: '<baud>' }),
    paper: Flags.option({ options: ['58', '80'] as const, default: '80' as const, summary: 'How wide its paper is, in mm.' })(),
    columns: Flags.option({
      options: ['32', '42', '48'] as const,
      summary: 'Characters a line, where the paper does not tell.',
    })(),
    'code-page': Flags.option({
      options: ['pc437', 'pc858', 'wpc1252'] as const,
      default: 'pc858' as const,
      summary: 'The code page that it prints.',
    })(),
    qr: Flags.option({
      options: ['native', 'raster'] as const,
      default: 'native' as const,
      summary: 'Raster for printers that know no QR code.',
    })(),
    cut: Flags.option({ options: ['partial', 'full', 'none'] as const, default: 'partial' as const, summary: 'How it cuts.' })(),
    drawer: Flags.option({ options: ['2', '5'] as const, summary: 'The pin of the cash drawer that hangs on it.' })(),
    mute: Flags.boolean({ summary: 'It never says how it stands; what its link took counts as printed.' }),
    till: Flags.string({ summary: 'A till that prints here; may be said several times.', multiple: true, helpValue: '<code>' }),
    ...dataFolderFlag,
    ...dryRunFlag,
  };

  protected readonly attempt = 'add the printer';

  async run(): Promise<void> {
    const { name } = this.args;
    const link = this.link();
    const node = await this.localNode();
    const id = makeId();
    let printer = await node.print.addPrinter({ body: { id, name, link, profile: this.profile() } });
    for (const code of this.flags.till ?? []) printer = await node.print.assign({ params: { id, code } });
    this.show(printer, () => `Added ${name} at ${linkText(link)}. Try it: lapak printer test ${name}\n`);
  }

  private link(): PrinterLink {
    const { address, serial, baud } = this.flags;
    if (address !== undefined) return readAddress(address);
    if (serial !== undefined) return { kind: 'serial', path: serial, baudRate: baud };
    throw wrongUse('It does not say where the printer is.', 'Add --address 192.168.1.50 or --serial /dev/ttyUSB0.', 'no-link');
  }

  private profile(): PrinterProfile {
    const { paper, columns, qr, cut, drawer, mute } = this.flags;
    return {
      columns: columns === undefined ? columnsOfPaper[paper] : (Number(columns) as PrinterProfile['columns']),
      codePage: this.flags['code-page'],
      qr,
      cut,
      drawerPin: drawer === undefined ? null : pins[drawer],
      answers: !mute,
    };
  }
}
