// lapak sale show SALE: one sale with its lines, what paid it, what it posted and where it stands in its store's journal.
import * as Args from '@oclif/core/args';
import type { Order } from '#schema/wire/order';
import { LapakCommand } from '../../base-command.ts';
import { findOrderId, storeIdOf } from '../../find.ts';
import { storeFlag } from '../../flags.ts';
import { fieldsText } from '../../ui/answer.ts';
import { moneyCell } from '../../ui/money.ts';
import { quantityText } from '../../ui/quantity.ts';
import { type Column, tableText } from '../../ui/table.ts';
import { timeCell } from '../../ui/time.ts';

export default class SaleShow extends LapakCommand<typeof SaleShow> {
  static override summary = 'Show one sale.';
  static override examples = ['<%= config.bin %> sale show T1A-000042 --store warung-sari'];
  static override args = { sale: Args.string({ required: true, description: 'Its receipt number, its id or a prefix of one.' }) };
  static override flags = { store: storeFlag };

  protected readonly attempt = 'show the sale';

  async run(): Promise<void> {
    const centre = await this.centre();
    const { storeId } = await storeIdOf(centre, this.flags.store);
    const id = await findOrderId(centre, this.args.sale, storeId);
    const order = await centre.order.show({ params: { id } });
    this.show(order, () => orderText(order));
  }
}

/** What was taken besides the total. */
function dueText({ due, tip, rounding }: Order, money: (amount: number) => string): string {
  const parts = [...(tip === 0 ? [] : [`tip ${money(tip)}`]), ...(rounding === 0 ? [] : [`rounded by ${money(rounding)}`])];
  return `${money(due)}, ${parts.join(', ')}`;
}

/** `cash Rp 50.000, change Rp 2.500`; what nobody verified says so. */
const tenderText =
  (money: (amount: number) => string) =>
  ({ method, tendered, change, reference, state }: Order['tenders'][number]): string =>
    [
      `${method} ${money(tendered)}`,
      ...(change === 0 ? [] : [`change ${money(change)}`]),
      ...(reference === null ? [] : [`reference ${reference}`]),
      ...(state === 'unverified' ? ['unverified'] : []),
    ].join(', ');

function orderText(order: Order): string {
  const { currency } = order;
  const money = (amount: number) => moneyCell({ amount, currency });
  const lines: Column<Order['lines'][number]>[] = [
    { name: 'item', value: (line) => line.name },
    {
      name: 'quantity',
      align: 'right',
      value: (line) => line.quantity,
      text: (line) => quantityText(line.quantity, line.quantityScale),
    },
    { name: 'price', align: 'right', value: (line) => line.unitPrice, text: (line) => money(line.unitPrice) },
    { name: 'tax', align: 'right', value: (line) => line.tax, text: (line) => money(line.tax) },
    { name: 'total', align: 'right', value: (line) => line.total, text: (line) => money(line.total) },
  ];
  const returns: Column<Order['returns'][number]>[] = [
    { name: 'returned', value: (back) => back.receipt },
    { name: 'time', value: (back) => back.occurredAt, text: (back) => timeCell(back.occurredAt) },
    { name: 'items', value: (back) => back.lines.map(({ name }) => name).join(', ') },
    { name: 'reason', value: (back) => back.reason },
    { name: 'total', align: 'right', value: (back) => -back.total, text: (back) => money(-back.total) },
  ];
  const postings: Column<Order['postings'][number]>[] = [
    { name: 'account', value: (posting) => posting.account },
    { name: 'amount', align: 'right', value: (posting) => posting.amount, text: moneyCell },
  ];
  const head = fieldsText({
    Receipt: order.receipt ?? '-',
    Store: order.storeCode,
    Time: `${timeCell(order.occurredAt)}, business day ${order.businessDate}`,
    State: order.state,
    Total: `${money(order.total)}, of it tax ${money(order.tax)}`,
    ...(order.due !== order.total && { Due: dueText(order, money) }),
    Paid: order.tenders.map(tenderText(money)).join('; ') || '-',
    ...(order.vouchers.length > 0 && { Vouchers: order.vouchers.map(({ serial, state }) => `${serial} ${state}`).join(', ') }),
    Fact: `${order.fact.generation}.${order.fact.seq}  ${order.fact.hash.slice(0, 16)}…`,
    Id: order.id,
  });
  const back = order.returns.length === 0 ? '' : `${tableText(returns, order.returns)}\n`;
  return `${head}\n${tableText(lines, order.lines)}\n${back}${tableText(postings, order.postings)}`;
}
