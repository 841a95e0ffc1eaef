// lapak stock movements STORE PRODUCT: why a level is what it is, newest first.
import * as Args from '@oclif/core/args';
import type { StockMovement } from '#schema/wire/stock';
import { LapakCommand } from '../../base-command.ts';
import { findProduct, findStore } from '../../find.ts';
import { listFlags } from '../../flags.ts';
import { pages } from '../../pages.ts';
import { amountCell, majorUnits } from '../../ui/money.ts';
import { quantityText } from '../../ui/quantity.ts';
import type { Column } from '../../ui/table.ts';
import { timeCell } from '../../ui/time.ts';

const columnsOf = (scale: number, currency: string): Column<StockMovement>[] => [
  { name: 'time', value: (movement) => movement.occurredAt, text: (movement) => timeCell(movement.occurredAt) },
  { name: 'kind', value: (movement) => movement.kind },
  {
    name: 'quantity',
    align: 'right',
    value: (movement) => movement.quantity,
    text: (movement) => quantityText(movement.quantity, scale),
  },
  {
    name: 'cost',
    align: 'right',
    value: ({ cost }) => (cost === null ? null : majorUnits({ amount: cost, currency })),
    text: ({ cost }) => (cost === null ? '-' : amountCell({ amount: cost, currency })),
  },
  { name: 'reason', value: (movement) => movement.reason },
  { name: 'sale', value: (movement) => movement.saleId, extra: true },
  { name: 'document', value: (movement) => movement.documentId, extra: true },
  { name: 'id', value: (movement) => movement.id, extra: true },
];

export default class StockMovements extends LapakCommand<typeof StockMovements> {
  static override summary = 'List the movements of a product in a store, newest first.';
  static override examples = ['<%= config.bin %> stock movements warung-sari KOPI-SUSU --filter kind=waste'];
  static override args = {
    store: Args.string({ required: true, description: 'The store: its code, its id or a prefix of one.' }),
    product: Args.string({ required: true, description: 'The product: its SKU, barcode or id, or a prefix of one.' }),
  };
  static override flags = listFlags;

  protected readonly attempt = 'list the movements';

  async run(): Promise<void> {
    const centre = await this.centre();
    const { id: storeId, currency } = await findStore(centre, this.args.store);
    const { id: productId, quantityScale } = await findProduct(centre, this.args.product);
    const params = { storeId, productId };
    const movements = pages((query) => centre.inventory.movements({ params, query }), this.pageSize());
    await this.showList(movements, columnsOf(quantityScale, currency), 'No movement of it has reached the centre yet.');
  }
}
