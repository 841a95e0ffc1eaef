// lapak store list: the stores by code, each with how its node was last heard.
import type { Store } from '#schema/wire/store';
import { LapakCommand } from '../../base-command.ts';
import { listFlags } from '../../flags.ts';
import { pages } from '../../pages.ts';
import type { Column } from '../../ui/table.ts';
import { timeCell } from '../../ui/time.ts';

const columns: Column<Store>[] = [
  { name: 'code', value: (store) => store.code },
  { name: 'name', value: (store) => store.name },
  { name: 'country', value: (store) => store.country },
  { name: 'currency', value: (store) => store.currency },
  { name: 'time-zone', value: (store) => store.timeZone },
  { name: 'environment', value: (store) => store.environment },
  {
    name: 'node-seen',
    value: (store) => store.node?.lastSeenAt ?? null,
    text: (store) => (store.node ? timeCell(store.node.lastSeenAt) : 'no node'),
  },
  { name: 'waiting', value: (store) => store.node?.waiting ?? null, align: 'right' },
  { name: 'id', value: (store) => store.id, extra: true },
];

export default class StoreList extends LapakCommand<typeof StoreList> {
  static override summary = 'List the stores.';
  static override examples = ['<%= config.bin %> store list', '<%= config.bin %> store list --filter "country=ID" --output csv'];
  static override flags = listFlags;

  protected readonly attempt = 'list the stores';

  async run(): Promise<void> {
    const centre = await this.centre();
    const stores = pages((query) => centre.store.list({ query }));
    await this.showList(stores, columns, 'No stores yet. Add one: lapak store add');
  }
}
