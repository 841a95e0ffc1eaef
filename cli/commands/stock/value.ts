// lapak stock value STORE: what its stock is worth at the cost of its lots.
import * as Args from '@oclif/core/args';
import type { ValuedProduct } from '#schema/wire/stock';
import { LapakCommand } from '../../base-command.ts';
import { findStore } from '../../find.ts';
import { listFlags } from '../../flags.ts';
import { pages } from '../../pages.ts';
import { amountCell, majorUnits, moneyCell } from '../../ui/money.ts';
import { quantityText } from '../../ui/quantity.ts';
import type { Column } from '../../ui/table.ts';

const columnsIn = (currency: string): Column<ValuedProduct>[] => [
  { name: 'sku', value: (product) => product.sku },
  { name: 'name', value: (product) => product.name },
  { name: 'rule', value: (product) => product.method },
  { name: 'lots', align: 'right', value: (product) => product.lots },
  {
    name: 'on-hand',
    align: 'right',
    value: (product) => product.onHand,
    text: (product) => quantityText(product.onHand, product.quantityScale),
  },
  {
    name: 'worth',
    align: 'right',
    value: ({ worth }) => majorUnits({ amount: worth, currency }),
    text: ({ worth }) => amountCell({ amount: worth, currency }),
  },
  {
    name: 'without-cost',
    align: 'right',
    value: (product) => product.unvalued,
    text: (product) => quantityText(product.unvalued, product.quantityScale),
  },
  { name: 'id', value: (product) => product.productId, extra: true },
];

export default class StockValue extends LapakCommand<typeof StockValue> {
  static override summary = 'Show what the stock of a store is worth.';
  static override description =
    'At the cost of its lots, which leave by each product’s own rule. Units whose cost nobody said are told, not guessed.';
  static override examples = ['<%= config.bin %> stock value warung-sari --sort -worth'];
  static override args = {
    store: Args.string({ required: true, description: 'The store: its code, its id or a prefix of one.' }),
  };
  static override flags = listFlags;

  protected readonly attempt = 'value the stock';

  async run(): Promise<void> {
    const centre = await this.centre();
    const { id: storeId, currency } = await findStore(centre, this.args.store);
    const value = (query: { limit: string; after?: string }) => centre.inventory.valuation({ params: { storeId }, query });
    const { worth } = await value({ limit: '1' });
    await this.showList(pages(value, this.pageSize()), columnsIn(currency), 'No movement of stock has reached the centre yet.');
    this.note(`In all: ${moneyCell({ amount: worth, currency })}`);
  }
}
