// lapak sale list: the sales that the centre has, newest first.
import * as Flags from '@oclif/core/flags';
import type { OrderSummary } from '#schema/wire/order';
import { LapakCommand } from '../../base-command.ts';
import { storeIdOf } from '../../find.ts';
import { listFlags, storeFlag } from '../../flags.ts';
import { pages } from '../../pages.ts';
import { majorUnits, moneyCell } from '../../ui/money.ts';
import type { Column } from '../../ui/table.ts';
import { timeCell } from '../../ui/time.ts';

const amountOf = ({ due, currency }: OrderSummary) => ({ amount: due, currency });

const columns: Column<OrderSummary>[] = [
  { name: 'receipt', value: (sale) => sale.receipt },
  { name: 'store', value: (sale) => sale.storeCode },
  { name: 'time', value: (sale) => sale.occurredAt, text: (sale) => timeCell(sale.occurredAt) },
  { name: 'day', value: (sale) => sale.businessDate },
  { name: 'total', align: 'right', value: (sale) => majorUnits(amountOf(sale)), text: (sale) => moneyCell(amountOf(sale)) },
  { name: 'state', value: (sale) => sale.state },
  { name: 'currency', value: (sale) => sale.currency, extra: true },
  {
    name: 'tax',
    align: 'right',
    value: ({ tax, currency }) => majorUnits({ amount: tax, currency }),
    text: ({ tax, currency }) => moneyCell({ amount: tax, currency }),
    extra: true,
  },
  { name: 'received', value: (sale) => sale.receivedAt, text: (sale) => timeCell(sale.receivedAt), extra: true },
  { name: 'id', value: (sale) => sale.id, extra: true },
];

export default class SaleList extends LapakCommand<typeof SaleList> {
  static override summary = 'List sales, newest first.';
  static override examples = [
    '<%= config.bin %> sale list --store warung-sari --from 2026-11-01 --to 2026-11-30',
    '<%= config.bin %> sale list --limit 0 --output csv --columns receipt,day,total,tax',
  ];
  static override flags = {
    store: storeFlag,
    from: Flags.string({ summary: 'From this business day, like 2026-11-20.', helpValue: '<day>' }),
    to: Flags.string({ summary: 'To this business day.', helpValue: '<day>' }),
    ...listFlags,
  };

  protected readonly attempt = 'list the sales';

  async run(): Promise<void> {
    const { store, from, to } = this.flags;
    const centre = await this.centre();
    const wish = { channel: 'till' as const, ...(from && { from }), ...(to && { to }), ...(await storeIdOf(centre, store)) };
    const sales = pages((page) => centre.order.list({ query: { ...page, ...wish } }), this.pageSize());
    await this.showList(sales, columns, 'No sales yet.');
  }
}
