// lapak stock lots STORE: what is left of the goods that came in together, what they cost and when they expire.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import type { StockLot } from '#schema/wire/stock';
import { LapakCommand } from '../../base-command.ts';
import { findProduct, findStore } from '../../find.ts';
import { listFlags } from '../../flags.ts';
import { pages } from '../../pages.ts';
import { amountCell, majorUnits } from '../../ui/money.ts';
import { quantityText } from '../../ui/quantity.ts';
import type { Column } from '../../ui/table.ts';
import { timeCell } from '../../ui/time.ts';

const columnsIn = (currency: string): Column<StockLot>[] => [
  { name: 'product', value: (lot) => lot.name },
  { name: 'lot', value: (lot) => lot.lotCode },
  { name: 'left', align: 'right', value: (lot) => lot.remaining, text: (lot) => quantityText(lot.remaining, lot.quantityScale) },
  { name: 'came', align: 'right', value: (lot) => lot.quantity, text: (lot) => quantityText(lot.quantity, lot.quantityScale) },
  moneyColumn('worth', currency, (lot) => lot.worth),
  { name: 'expires', value: (lot) => lot.expiresOn },
  { name: 'received', value: (lot) => lot.occurredAt, text: (lot) => timeCell(lot.occurredAt) },
  { ...moneyColumn('cost', currency, (lot) => lot.cost), extra: true },
  { name: 'supplier', value: (lot) => lot.supplier, extra: true },
  { name: 'id', value: (lot) => lot.id, extra: true },
  { name: 'product-id', value: (lot) => lot.productId, extra: true },
];

const moneyColumn = (name: string, currency: string, amountOf: (lot: StockLot) => number | null): Column<StockLot> => ({
  name,
  align: 'right',
  value: (lot) => majorOrNull(amountOf(lot), currency),
  text: (lot) => cellOf(amountOf(lot), currency),
});

const majorOrNull = (amount: number | null, currency: string) => (amount === null ? null : majorUnits({ amount, currency }));

const cellOf = (amount: number | null, currency: string) => (amount === null ? '-' : amountCell({ amount, currency }));

export default class StockLots extends LapakCommand<typeof StockLots> {
  static override summary = 'List the lots of a store that have something left.';
  static override description = 'With --expires, those that expire up to that day, the first to expire first.';
  static override examples = [
    '<%= config.bin %> stock lots warung-sari --product SUSU-1L',
    '<%= config.bin %> stock lots warung-sari --expires 2026-12-31',
  ];
  static override args = {
    store: Args.string({ required: true, description: 'The store: its code, its id or a prefix of one.' }),
  };
  static override flags = {
    product: Flags.string({ summary: 'Only of this product: its SKU, barcode or id, or a prefix of one.' }),
    expires: Flags.string({ summary: 'Only what expires up to this day, like 2026-12-31.', helpValue: '<day>' }),
    ...listFlags,
  };

  protected readonly attempt = 'list the lots';

  async run(): Promise<void> {
    const { product, expires } = this.flags;
    const centre = await this.centre();
    const { id: storeId, currency } = await findStore(centre, this.args.store);
    const wish = {
      ...(product !== undefined && { productId: (await findProduct(centre, product)).id }),
      ...(expires !== undefined && { expiresUntil: expires }),
    };
    const lots = pages((page) => centre.inventory.lots({ params: { storeId }, query: { ...page, ...wish } }), this.pageSize());
    await this.showList(lots, columnsIn(currency), 'No such lot has anything left.');
  }
}
