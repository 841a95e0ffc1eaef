// lapak device add STORE: enters a machine in the centre's registry; one that pours is given its number.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { deviceKinds } from '#schema/rules/device';
import { LapakCommand } from '../../base-command.ts';
import { deviceFlags, readLink, readSlots, readValues } from '../../devices.ts';
import { findStore } from '../../find.ts';
import { dryRunFlag } from '../../flags.ts';
import { makeId } from '../../ids.ts';

export default class DeviceAdd extends LapakCommand<typeof DeviceAdd> {
  static override summary = 'Add a device to a store.';
  static override examples = [
    '<%= config.bin %> device add warung-sari --kind dispenser --name "Water 1" --slot 0=AIR-600 --link serial:/dev/ttyUSB0',
    '<%= config.bin %> device add warung-sari --kind fridge --name "Fridge 1" --link mqtt --set highest=60',
  ];
  static override args = {
    store: Args.string({ required: true, description: 'The store: its code, its id or a prefix of one.' }),
  };
  static override flags = {
    kind: Flags.option({ options: deviceKinds, required: true, summary: 'What it is.' })(),
    name: Flags.string({ required: true, summary: 'What people call it.' }),
    ...deviceFlags,
    ...dryRunFlag,
  };

  protected readonly attempt = 'add the device';

  async run(): Promise<void> {
    const { kind, name, slot, link, set } = this.flags;
    const centre = await this.centre();
    const store = await findStore(centre, this.args.store);
    const device = await centre.device.create({
      body: {
        id: makeId(),
        storeId: store.id,
        kind,
        name,
        ...(slot && { slots: await readSlots(centre, slot) }),
        ...(link !== undefined && { link: readLink(link) }),
        ...(set && { config: readValues(set) }),
      },
    });
    const called = device.number === null ? '' : ` as number ${device.number}`;
    this.show(device, () => `Added the ${kind} ${device.name} to ${store.name}${called}.\n`);
  }
}
