// lapak device monitor: the devices of the store node on this machine, one line each, and again whenever one changes, until Ctrl+C.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import type { Device } from '#schema/wire/device';
import { LapakCommand } from '../../base-command.ts';
import type { LocalNode } from '../../connect.ts';
import { dataFolderFlag } from '../../flags.ts';
import { deviceLine, newsOf } from '../../monitor-text.ts';
import { findNodeDevice } from '../../node-devices.ts';
import { outputOf } from '../../settings.ts';
import { wait } from '../../ui/clock.ts';
import { clockText } from '../../ui/time.ts';

const POLL_MS = 1_000;

export default class DeviceMonitor extends LapakCommand<typeof DeviceMonitor> {
  static override summary = 'Follow the devices of the store node on this machine.';
  static override description =
    'With --once it prints each device once and ends: with 10 when one is offline or faulty. With --json each line is one document.';
  static override examples = [
    '<%= config.bin %> device monitor',
    '<%= config.bin %> device monitor "Milk fridge" --json',
    '<%= config.bin %> device monitor --once',
  ];
  static override args = { device: Args.string({ description: 'One of them: its name, number or id, or a prefix of one.' }) };
  static override flags = {
    once: Flags.boolean({ summary: 'Print how they stand and end.' }),
    ...dataFolderFlag,
  };

  protected readonly attempt = 'follow the devices';

  async run(): Promise<void> {
    const node = await this.localNode();
    const only = this.args.device === undefined ? undefined : (await findNodeDevice(node, this.args.device)).id;
    const told = new Map<string, string>();
    for (;;) {
      const devices = await this.devices(node, only);
      for (const device of devices) {
        if (told.get(device.id) === newsOf(device)) continue;
        told.set(device.id, newsOf(device));
        this.tell(device);
      }
      if (this.flags.once)
        return devices.some(({ state }) => state === 'offline' || state === 'fault') ? this.endWithProblems() : undefined;
      await wait(this.clock, POLL_MS);
    }
  }

  private async devices(node: LocalNode, only: string | undefined): Promise<Device[]> {
    const { items } = await node.device.list();
    return only === undefined ? items : items.filter(({ id }) => id === only);
  }

  private tell(device: Device): void {
    const isJson = outputOf(this.sources) === 'json';
    const now = this.clock.now();
    this.print(isJson ? `${JSON.stringify(device)}\n` : `${clockText(now)}  ${deviceLine(device, now)}\n`);
  }
}
