// lapak till list: the tills of the store node on this machine, those that were withdrawn too.
import type { PairedTill } from '#schema/wire/till';
import { LapakCommand } from '../../base-command.ts';
import { dataFolderFlag, listFlags } from '../../flags.ts';
import type { Column } from '../../ui/table.ts';
import { timeCell } from '../../ui/time.ts';

const columns: Column<PairedTill>[] = [
  { name: 'code', value: (till) => till.code },
  { name: 'name', value: (till) => till.name },
  { name: 'browsers', align: 'right', value: (till) => till.browsers },
  { name: 'paired', value: (till) => till.pairedAt, text: (till) => timeCell(till.pairedAt) },
  { name: 'revoked', value: (till) => till.revokedAt, text: (till) => (till.revokedAt === null ? '' : timeCell(till.revokedAt)) },
  { name: 'id', value: (till) => till.id, extra: true },
];

export default class TillList extends LapakCommand<typeof TillList> {
  static override summary = 'List the tills of the store node on this machine.';
  static override examples = ['<%= config.bin %> till list'];
  static override flags = { ...dataFolderFlag, ...listFlags };

  protected readonly attempt = 'list the tills';

  async run(): Promise<void> {
    const node = await this.localNode();
    const { items } = await node.till.list();
    await this.showList(items, columns, 'No tills yet. The store box’s own screen is the first; for another: lapak till pair');
  }
}
