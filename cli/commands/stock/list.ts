// lapak stock list STORE: what a store has, by its facts as they have reached the centre.
import * as Args from '@oclif/core/args';
import type { StockLevel } from '#schema/wire/stock';
import { LapakCommand } from '../../base-command.ts';
import { findStore } from '../../find.ts';
import { listFlags } from '../../flags.ts';
import { pages } from '../../pages.ts';
import { quantityText } from '../../ui/quantity.ts';
import type { Column } from '../../ui/table.ts';

/** In the product's unit, as people count: what is weighed stands with its decimals, and is compared with them. */
const counted = (name: string, of: (level: StockLevel) => number): Column<StockLevel> => ({
  name,
  align: 'right',
  value: (level) => Number(textOf(level, of(level))),
  text: (level) => textOf(level, of(level)),
});

const textOf = ({ quantityScale }: StockLevel, quantity: number): string => quantityText(quantity, quantityScale ?? 0);

const columns: Column<StockLevel>[] = [
  { name: 'sku', value: (level) => level.sku },
  { name: 'name', value: (level) => level.name },
  counted('on-hand', (level) => level.onHand),
  counted('reserved', (level) => level.reserved),
  counted('available', (level) => level.onHand - level.reserved),
  { name: 'unit', value: (level) => level.unit },
  { name: 'id', value: (level) => level.productId, extra: true },
];

export default class StockList extends LapakCommand<typeof StockList> {
  static override summary = 'List the stock of a store.';
  static override examples = ['<%= config.bin %> stock list warung-sari --filter "available<10" --sort available'];
  static override args = {
    store: Args.string({ required: true, description: 'The store: its code, its id or a prefix of one.' }),
  };
  static override flags = listFlags;

  protected readonly attempt = 'list the stock';

  async run(): Promise<void> {
    const centre = await this.centre();
    const { id: storeId } = await findStore(centre, this.args.store);
    const levels = pages((query) => centre.inventory.levels({ params: { storeId }, query }), this.pageSize());
    await this.showList(levels, columns, 'No movement of stock has reached the centre yet.');
  }
}
