// lapak pickup list: what was bought elsewhere and comes out of the stores' dispensers, newest first.
import type { Pickup } from '#schema/wire/pickup';
import { LapakCommand } from '../../base-command.ts';
import { storeIdOf } from '../../find.ts';
import { listFlags, storeFlag } from '../../flags.ts';
import { pages } from '../../pages.ts';
import { pouredText } from '../../pickups.ts';
import type { Column } from '../../ui/table.ts';
import { timeCell } from '../../ui/time.ts';

const columns: Column<Pickup>[] = [
  { name: 'reference', value: (pickup) => pickup.reference },
  { name: 'store', value: (pickup) => pickup.storeCode },
  { name: 'state', value: (pickup) => pickup.state },
  { name: 'poured', value: pouredText },
  { name: 'asked', value: (pickup) => pickup.askedAt, text: (pickup) => timeCell(pickup.askedAt) },
  { name: 'why', value: (pickup) => pickup.detail ?? '' },
  { name: 'id', value: (pickup) => pickup.id, extra: true },
];

export default class PickupList extends LapakCommand<typeof PickupList> {
  static override summary = 'List pickups, newest first.';
  static override examples = ['<%= config.bin %> pickup list --store warung-sari'];
  static override flags = { store: storeFlag, ...listFlags };

  protected readonly attempt = 'list the pickups';

  async run(): Promise<void> {
    const centre = await this.centre();
    const wish = await storeIdOf(centre, this.flags.store);
    const pickups = pages((page) => centre.pickup.list({ query: { ...page, ...wish } }), this.pageSize());
    await this.showList(pickups, columns, 'No pickups yet.');
  }
}
