// lapak printer list: the receipt printers of the store node on this machine, and how they stand.
import type { Printer } from '#schema/wire/print';
import { LapakCommand } from '../../base-command.ts';
import { dataFolderFlag, listFlags } from '../../flags.ts';
import { linkText } from '../../printers.ts';
import type { Column } from '../../ui/table.ts';
import { timeCell } from '../../ui/time.ts';

const columns: Column<Printer>[] = [
  { name: 'name', value: (printer) => printer.name },
  { name: 'at', value: (printer) => linkText(printer.link) },
  { name: 'state', value: ({ condition, paperLow }) => (condition === 'ready' && paperLow ? 'ready, paper low' : condition) },
  { name: 'waiting', align: 'right', value: (printer) => printer.waiting },
  { name: 'tills', value: (printer) => printer.tills.join(' ') },
  { name: 'drawer', value: ({ profile }) => (profile.drawerPin === null ? '' : `pin ${profile.drawerPin}`) },
  { name: 'seen', value: (printer) => printer.lastSeenAt, text: (printer) => timeCell(printer.lastSeenAt), extra: true },
  { name: 'columns', align: 'right', value: ({ profile }) => profile.columns, extra: true },
  { name: 'code-page', value: ({ profile }) => profile.codePage, extra: true },
  { name: 'qr', value: ({ profile }) => profile.qr, extra: true },
  { name: 'cut', value: ({ profile }) => profile.cut, extra: true },
  { name: 'id', value: (printer) => printer.id, extra: true },
];

export default class PrinterList extends LapakCommand<typeof PrinterList> {
  static override summary = 'List the receipt printers of the store node on this machine.';
  static override examples = ['<%= config.bin %> printer list'];
  static override flags = { ...dataFolderFlag, ...listFlags };

  protected readonly attempt = 'list the printers';

  async run(): Promise<void> {
    const node = await this.localNode();
    const { items } = await node.print.printers();
    await this.showList(items, columns, 'No printers. Add one: lapak printer add');
  }
}
