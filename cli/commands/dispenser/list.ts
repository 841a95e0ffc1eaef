// lapak dispenser list: the dispensers of the store node on this machine, and how they stand.
import type { Device } from '#schema/wire/device';
import { LapakCommand } from '../../base-command.ts';
import { dataFolderFlag, listFlags } from '../../flags.ts';
import type { Column } from '../../ui/table.ts';
import { timeCell } from '../../ui/time.ts';

const columns: Column<Device>[] = [
  { name: 'number', align: 'right', value: (device) => device.number },
  { name: 'name', value: (device) => device.name },
  { name: 'driver', value: (device) => device.driver },
  { name: 'state', value: (device) => device.state },
  { name: 'seen', value: (device) => device.lastSeenAt, text: (device) => timeCell(device.lastSeenAt) },
  { name: 'pours', value: (device) => device.slots.map(({ slot, productName }) => `${slot}=${productName ?? '?'}`).join(' ') },
  { name: 'id', value: (device) => device.id, extra: true },
];

export default class DispenserList extends LapakCommand<typeof DispenserList> {
  static override summary = 'List the dispensers of the store node on this machine.';
  static override examples = ['<%= config.bin %> dispenser list'];
  static override flags = { ...dataFolderFlag, ...listFlags };

  protected readonly attempt = 'list the dispensers';

  async run(): Promise<void> {
    const node = await this.localNode();
    const { items } = await node.device.list();
    await this.showList(items, columns, 'No dispensers. Add one: lapak dispenser add');
  }
}
