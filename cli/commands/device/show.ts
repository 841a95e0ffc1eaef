// lapak device show DEVICE: one device as the centre decided it, and how it stands as its node told.
import * as Args from '@oclif/core/args';
import type { DeviceStatus } from '#schema/wire/device-status';
import { LapakCommand } from '../../base-command.ts';
import { findDevice, linkText } from '../../devices.ts';
import { storeFlag } from '../../flags.ts';
import { fieldsText } from '../../ui/answer.ts';
import { timeCell } from '../../ui/time.ts';

const settingsText = ({ configVersion, wantedConfigVersion }: DeviceStatus): string =>
  configVersion === wantedConfigVersion
    ? `version ${configVersion}`
    : `version ${wantedConfigVersion}; it runs ${configVersion === null ? 'nobody knows which' : configVersion}`;

const orDash = (texts: readonly string[]): string => texts.join(', ') || '-';

export default class DeviceShow extends LapakCommand<typeof DeviceShow> {
  static override summary = 'Show one device and how it stands.';
  static override examples = ['<%= config.bin %> device show "Water 1"'];
  static override args = { device: Args.string({ required: true, description: 'Its name, number or id, or a prefix of one.' }) };
  static override flags = { store: storeFlag };

  protected readonly attempt = 'show the device';

  async run(): Promise<void> {
    const centre = await this.centre();
    const device = await findDevice(centre, this.args.device, this.flags.store);
    const status = await centre.deviceStatus.show({ params: { id: device.id } });
    this.show({ ...device, status }, () =>
      fieldsText({
        Name: device.name,
        Store: device.storeCode,
        Kind: device.kind,
        Number: device.number === null ? '-' : String(device.number),
        State: status.reason === null ? status.state : `${status.state}: ${status.reason}`,
        Since: timeCell(status.since),
        'Last seen': timeCell(status.lastSeenAt),
        'Its node': timeCell(status.nodeSeenAt),
        Firmware: status.firmware ?? '-',
        Link: linkText(device.link) || '-',
        Key: device.keyNumber === 0 ? 'none: lapak device provision' : `number ${device.keyNumber}`,
        Settings: settingsText(status),
        ...Object.fromEntries(Object.entries(device.config).map(([name, value]) => [`  ${name}`, String(value ?? 'none')])),
        Measured: orDash(status.latest.map(({ metric, last }) => `${metric} ${last}`)),
        Alerts: orDash(status.alerts.map(({ what, value, since }) => `${what} ${value} since ${timeCell(since)}`)),
        Id: device.id,
      }),
    );
  }
}
