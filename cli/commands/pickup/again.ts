// lapak pickup again PICKUP: new vouchers for what was owed and not poured.
import * as Args from '@oclif/core/args';
import { LapakCommand } from '../../base-command.ts';
import { dryRunFlag } from '../../flags.ts';
import { makeId } from '../../ids.ts';
import { findPickup } from '../../pickups.ts';

export default class PickupAgain extends LapakCommand<typeof PickupAgain> {
  static override summary = 'Ask for new vouchers for what was not poured.';
  static override examples = ['<%= config.bin %> pickup again WEB-1042'];
  static override args = { pickup: Args.string({ required: true, description: 'Its reference, its id or a prefix of one.' }) };
  static override flags = { ...dryRunFlag };

  protected readonly attempt = 'ask for the pickup again';

  async run(): Promise<void> {
    const centre = await this.centre();
    const { id } = await findPickup(centre, this.args.pickup);
    const pickup = await centre.pickup.again({ params: { id }, body: { id: makeId() } });
    const waiting = pickup.units.filter(({ state }) => state === null).length;
    this.show(pickup, () => `Asked ${pickup.storeCode} for ${waiting} new vouchers of ${pickup.reference}.\n`);
  }
}
