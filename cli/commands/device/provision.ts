// lapak device provision DEVICE: makes its root key, and writes what the device is given to know who it is. Shown this once.
import { X509Certificate } from 'node:crypto';
import { open, readFile, unlink } from 'node:fs/promises';
import { resolve } from 'node:path';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import type { RegisteredDevice } from '#schema/wire/device-registry';
import { LapakCommand } from '../../base-command.ts';
import { findDevice } from '../../devices.ts';
import { wrongUse } from '../../failure.ts';
import { dryRunFlag, storeFlag, yesFlag } from '../../flags.ts';
import { makeId } from '../../ids.ts';
import { readSecret } from '../../ui/secret.ts';

export default class DeviceProvision extends LapakCommand<typeof DeviceProvision> {
  static override summary = 'Give a device its root key.';
  static override description =
    `Writes dispenser.csv for the NVS of a board, as firmware/README.md says, or the access of another device to the
broker. The file opens the device: destroy it when the device has it. Done again, the device needs the new file; vouchers that were
printed for it are good no more.

A broker inside a store box has a certificate that the box signed itself: give the device what to check it by with --ca, from the page
/trust of the box (http://BOX:7200/trust/lapak-ca.crt). Without it a board believes public authorities alone.`;
  static override examples = [
    '<%= config.bin %> device provision "Water 1"',
    '<%= config.bin %> device provision "Fridge 1" --mqtt mqtts://192.168.1.10:8883 --ca lapak-ca.crt --file fridge.json',
    'pass show lapak | <%= config.bin %> device provision "Water 1" --password - --file - --yes | nvs-tool',
  ];
  static override args = { device: Args.string({ required: true, description: 'Its name, number or id, or a prefix of one.' }) };
  static override flags = {
    mqtt: Flags.string({ summary: 'The broker as a device on MQTT sees it.', helpValue: '<uri>' }),
    ca: Flags.string({
      summary: 'The certificate of the authority that signed the broker’s own, as PEM or DER.',
      helpValue: '<file>',
      dependsOn: ['mqtt'],
    }),
    file: Flags.string({ summary: 'Where to write what the device is given; - for standard output.', helpValue: '<path>' }),
    password: Flags.string({ summary: 'Your password once more; - reads standard input.', helpValue: '-' }),
    store: storeFlag,
    ...yesFlag,
    ...dryRunFlag,
  };

  protected readonly attempt = 'provision the device';

  async run(): Promise<void> {
    const { mqtt, store, file, ca } = this.flags;
    const mqttCa = ca === undefined ? undefined : await readCertificate(ca);
    const centre = await this.centre();
    const device = await findDevice(centre, this.args.device, store);
    if (device.keyNumber > 0)
      await this.ask(
        `Give ${device.name} of ${device.storeCode} another key? The one that it has, and its printed vouchers, are good no more.`,
      );
    const mayAsk = !this.flags['no-input'];
    const password = await readSecret({ flag: this.flags.password, question: 'Your password', mayAsk });
    const broker = { ...(mqtt !== undefined && { mqttUri: mqtt }), ...(mqttCa !== undefined && { mqttCa }) };
    const body = { id: makeId(), password, ...broker };
    const give = () => centre.device.provision({ params: { id: device.id }, body });
    if (file === '-' || this.flags['dry-run']) return this.print((await give()).text);
    const path = resolve(file ?? nameFor(device));
    const { keyNumber } = await this.writeFresh(path, give);
    const next = 'Destroy it when the device has it: it opens this device. Its node has the key by itself.';
    this.show(
      { deviceId: device.id, keyNumber, file: path },
      () => `Wrote ${path} (key ${keyNumber} of ${device.name}).\n${next}\n`,
    );
  }

  /** The file is there before the key is made, its owner's alone, and never in place of another: that may hold the only copy of a key. */
  private async writeFresh<Given extends { text: string }>(path: string, give: () => Promise<Given>): Promise<Given> {
    const file = await open(path, 'wx', 0o600).catch((cause: Error) => {
      throw wrongUse(
        `${path} cannot be written: ${cause.message}.`,
        'Name another --file, or - for standard output.',
        'file-not-written',
      );
    });
    try {
      const given = await give();
      await file.writeFile(given.text);
      return given;
    } catch (error) {
      await unlink(path);
      throw error;
    } finally {
      await file.close();
    }
  }
}

/** As base64, whichever of its two forms the file has. */
async function readCertificate(path: string): Promise<string> {
  try {
    return new X509Certificate(await readFile(path)).raw.toString('base64');
  } catch {
    throw wrongUse(
      `${path} is no certificate that can be read.`,
      'Name the one of the broker’s authority; a store box has its own at /trust/lapak-ca.crt',
      'no-ca',
    );
  }
}

const nameFor = ({ kind, number, id }: RegisteredDevice): string =>
  number === null ? `${kind}-${id}.json` : `${kind}-${number}.csv`;
