// lapak device list: the devices of the stores as the centre has them; or those of the store node on this machine, with or without a centre.
import * as Flags from '@oclif/core/flags';
import { deviceKinds } from '#schema/rules/device';
import type { Device } from '#schema/wire/device';
import type { ListedDevice } from '#schema/wire/device-registry';
import { LapakCommand } from '../../base-command.ts';
import { heardAt, linkText } from '../../devices.ts';
import { storeIdOf } from '../../find.ts';
import { dataFolderFlag, listFlags, storeFlag } from '../../flags.ts';
import { pages } from '../../pages.ts';
import type { Column } from '../../ui/table.ts';
import { timeCell } from '../../ui/time.ts';

const columns: Column<ListedDevice>[] = [
  { name: 'store', value: (device) => device.storeCode },
  { name: 'kind', value: (device) => device.kind },
  { name: 'name', value: (device) => device.name },
  { name: 'number', align: 'right', value: (device) => device.number },
  { name: 'link', value: (device) => linkText(device.link) },
  { name: 'state', value: (device) => device.state },
  { name: 'seen', value: heardAt, text: (device) => timeCell(heardAt(device)) },
  { name: 'slots', align: 'right', value: (device) => device.slots.length, extra: true },
  { name: 'settings', align: 'right', value: (device) => device.configVersion, extra: true },
  { name: 'id', value: (device) => device.id, extra: true },
];

const columnsHere: Column<Device>[] = [
  { name: 'number', align: 'right', value: (device) => device.number },
  { name: 'name', value: (device) => device.name },
  { name: 'driver', value: (device) => device.driver },
  { name: 'state', value: (device) => device.state },
  { name: 'seen', value: (device) => device.lastSeenAt, text: (device) => timeCell(device.lastSeenAt) },
  { name: 'pours', value: (device) => device.slots.map(({ slot, productName }) => `${slot}=${productName ?? '?'}`).join(' ') },
  { name: 'id', value: (device) => device.id, extra: true },
];

const none = 'No devices. Add one: lapak device add';

export default class DeviceList extends LapakCommand<typeof DeviceList> {
  static override summary = 'List devices.';
  static override examples = ['<%= config.bin %> device list --store warung-sari', '<%= config.bin %> device list --here'];
  static override flags = {
    store: storeFlag,
    kind: Flags.option({ options: deviceKinds, summary: 'Of this kind alone.' })(),
    archived: Flags.boolean({ summary: 'Those that were archived.' }),
    here: Flags.boolean({
      summary: 'Those of the store node on this machine, and how they stand.',
      exclusive: ['store', 'kind', 'archived'],
    }),
    ...dataFolderFlag,
    ...listFlags,
  };

  protected readonly attempt = 'list the devices';

  async run(): Promise<void> {
    if (this.flags.here) {
      const { items } = await (await this.localNode()).device.list();
      return this.showList(items, columnsHere, none);
    }
    const { store, kind, archived } = this.flags;
    const centre = await this.centre();
    const wish = { ...(await storeIdOf(centre, store)), ...(kind && { kind }), ...(archived && { archived: 'true' as const }) };
    const devices = pages((page) => centre.device.list({ query: { ...page, ...wish } }), this.pageSize());
    await this.showList(devices, columns, none);
  }
}
