// lapak dash devices: the devices of all stores on one screen, refreshed in place; as plain lines for pipes and screen readers.
import { DashCommand, dashFlags } from '../../dash-command.ts';

export default class DashDevices extends DashCommand<typeof DashDevices> {
  static override summary = 'Watch the devices on one screen.';
  static override description =
    'In a pipe, with --plain or for a screen reader it prints one line a device and ends: with 10 when one is down, with 6 when the server cannot be reached.';
  static override examples = [
    '<%= config.bin %> dash devices',
    '<%= config.bin %> dash devices --plain',
    '<%= config.bin %> dash devices --json --watch',
  ];
  static override flags = dashFlags;

  protected readonly attempt = 'show the devices';

  async run(): Promise<void> {
    const centre = await this.centre();
    const { deviceBoard } = await import('../../dashboards/devices/devices.ts');
    await this.runDash(deviceBoard, () => centre.deviceStatus.glance());
  }
}
