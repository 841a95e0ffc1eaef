// lapak device update DEVICE FILE: brings a firmware image to the centre, asks the device's store to take it, and sees it through; or does so
// at the store node on this machine.
import { readFile } from 'node:fs/promises';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import type { DeviceStatus } from '#schema/wire/device-status';
import { LapakCommand } from '../../base-command.ts';
import type { Centre } from '../../connect.ts';
import { checkEnding, followOrder } from '../../device-orders.ts';
import { findDevice } from '../../devices.ts';
import { notFound } from '../../failure.ts';
import { dataFolderFlag, dryRunFlag, storeFlag, yesFlag } from '../../flags.ts';
import { makeId } from '../../ids.ts';
import { commandDevice, detailText, findNodeDevice } from '../../node-devices.ts';

/** Hours, because it never interrupts a pour and outlives every loss of the link. */
const STAY_MS = 6 * 3_600_000;
const POLL_MS = 2_000;

/** What the centre knows of it meanwhile. */
function stageText(name: string, { state, firmware }: DeviceStatus, wanted: string): string {
  if (firmware === wanted) return `${name} runs ${wanted}, which stays once it has heard its node.`;
  if (state === 'unknown') return `Its store has not said yet whether ${name} is there: it is updated when it is.`;
  if (state === 'offline') return `${name} is not there: it is updated when it is.`;
  return `${name} is there and runs ${firmware ?? 'a firmware that nobody knows'}; the new one is on its way.`;
}

export default class DeviceUpdate extends LapakCommand<typeof DeviceUpdate> {
  static override summary = 'Give a device a new firmware.';
  static override description =
    'Its store fetches the image from the centre. It never interrupts a pour, goes on after any loss, and the new firmware stays only once it has heard its node. Interrupted here, it goes on there.';
  static override examples = [
    '<%= config.bin %> device update "Water 1" dispenser-1.4.0.bin --firmware 1.4.0',
    '<%= config.bin %> device update "Water 1" dispenser-1.4.0.bin --firmware 1.4.0 --here',
  ];
  static override args = {
    device: Args.string({ required: true, description: 'Its name, number or id, or a prefix of one.' }),
    file: Args.string({ required: true, description: 'The signed image that its build made.' }),
  };
  static override flags = {
    firmware: Flags.string({ summary: 'The version that the image says of itself.', required: true, helpValue: '<1.4.0>' }),
    wait: Flags.boolean({ summary: 'Stay until something became of it.', default: true, allowNo: true }),
    store: storeFlag,
    here: Flags.boolean({
      summary: 'One of the store node on this machine, with or without a centre.',
      exclusive: ['store', 'wait'],
    }),
    ...dataFolderFlag,
    ...dryRunFlag,
    ...yesFlag,
  };

  protected readonly attempt = 'update the device';

  async run(): Promise<void> {
    const image = await this.readImage();
    if (this.flags.here) await this.updateHere(image);
    else await this.updateFromCentre(image);
  }

  private async updateFromCentre(image: Buffer): Promise<void> {
    const { firmware, store, wait } = this.flags;
    const centre = await this.centre();
    const { id, name } = await findDevice(centre, this.args.device, store);
    const status = await centre.deviceStatus.show({ params: { id } });
    await this.askToReplace(status.firmware, name, image);
    const { digest } = await centre.firmware.add({ body: { firmware, image: image.toString('base64') } });
    const wish = { id: makeId(), command: 'update', args: { digest }, ttlSeconds: STAY_MS / 1_000 };
    const given = await centre.deviceOrder.give({ params: { id }, body: wish });
    const onWait = this.tellStages(centre, { id, name });
    const following = { clock: this.clock, timeoutMs: STAY_MS, pollMs: POLL_MS, onWait };
    const order = checkEnding(wait ? await followOrder(centre, given, following) : given, name);
    this.show(order, () =>
      order.state === 'done'
        ? this.doneText(name, order.detail)
        : `${name} is asked to take ${firmware} until ${order.expiresAt} (${order.id}).\n`,
    );
  }

  /** Says what has changed, and nothing twice. */
  private tellStages(centre: Centre, { id, name }: { id: string; name: string }): () => Promise<void> {
    let told = '';
    return async () => {
      const text = stageText(name, await centre.deviceStatus.show({ params: { id } }), this.flags.firmware);
      if (text !== told) this.note(text);
      told = text;
    };
  }

  private async updateHere(image: Buffer): Promise<void> {
    const { firmware } = this.flags;
    const node = await this.localNode();
    const device = await findNodeDevice(node, this.args.device);
    await this.askToReplace(device.firmware, device.name, image);
    const { digest } = await node.device.addFirmware({ body: { firmware, image: image.toString('base64') } });
    const progress = this.progress(`Updating ${device.name}`, 'bytes', image.length);
    const onWait = async () => {
      const { items } = await node.device.list();
      progress.reach(items.find(({ id }) => id === device.id)?.update?.received ?? 0);
    };
    const wish = { command: 'update', args: { digest }, ttlSeconds: STAY_MS / 1_000 };
    const done = await commandDevice(node, device, wish, { clock: this.clock, timeoutMs: STAY_MS, onWait }).finally(progress.end);
    this.show(done, () => this.doneText(device.name, done.detail));
  }

  private askToReplace(running: string | null, name: string, image: Buffer): Promise<void> {
    const before = running ?? 'a firmware that nobody knows';
    return this.ask(`Replace ${before} on ${name} by ${this.flags.firmware} (${image.length} bytes)?`);
  }

  private doneText(name: string, detail: string | null): string {
    const { firmware } = this.flags;
    if (detail === 'already-there') return `${name} runs ${firmware} already.\n`;
    return `${name} runs ${firmware} and keeps it${detail === 'confirmed' ? '' : ` (${detailText(detail)})`}.\n`;
  }

  private async readImage(): Promise<Buffer> {
    try {
      return await readFile(this.args.file);
    } catch {
      throw notFound(
        `There is no file ${this.args.file} that can be read.`,
        'Name the image that the build made.',
        'no-image-file',
      );
    }
  }
}
