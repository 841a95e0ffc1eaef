// lapak report show STORE REPORT: one closed day, with its tenders, taxes and drawers.
import * as Args from '@oclif/core/args';
import type { Totals } from '#schema/rules/report';
import { isCurrency } from '#schema/values/currency';
import { rateText } from '#schema/values/rate-text';
import type { StoreDayReport } from '#schema/wire/report';
import { LapakCommand } from '../../base-command.ts';
import { findStore, pickOne } from '../../find.ts';
import { pages } from '../../pages.ts';
import { fieldsText } from '../../ui/answer.ts';
import { amountCell, moneyCell } from '../../ui/money.ts';
import { type Column, tableText } from '../../ui/table.ts';
import { timeCell } from '../../ui/time.ts';

export default class ReportShow extends LapakCommand<typeof ReportShow> {
  static override summary = 'Show one closed day of a store (Z).';
  static override examples = [
    '<%= config.bin %> report show warung-sari ZA-000012',
    '<%= config.bin %> report show warung-sari 2026-11-20 --json',
  ];
  static override args = {
    store: Args.string({ required: true, description: 'The store: its code, its id or a prefix of one.' }),
    report: Args.string({ required: true, description: 'Its number, its business day, its id or a prefix of one.' }),
  };

  protected readonly attempt = 'show the closed day';

  async run(): Promise<void> {
    const centre = await this.centre();
    const { id, code } = await findStore(centre, this.args.store);
    const reports = pages((query) => centre.report.list({ params: { id }, query }));
    const namesOf = ({ label, number, businessDate }: StoreDayReport) => [label, String(number), businessDate];
    const search = { noun: 'report', text: this.args.report, list: `lapak report list ${code}`, namesOf };
    const report = await pickOne(reports, search);
    this.show(report, () => reportText(report, code));
  }
}

function reportText(report: StoreDayReport, storeCode: string): string {
  const { totals, currency, firstDate, businessDate } = report;
  const money = (amount: number) => moneyCell({ amount, currency });
  const counted = ({ count, amount }: Totals['sales']) => `${money(amount)} (${count})`;
  const { shifts } = totals;
  const head = fieldsText({
    Report: report.label,
    Store: storeCode,
    Day: firstDate === businessDate ? businessDate : `${firstDate} to ${businessDate}`,
    Closed: timeCell(report.closedAt),
    Sales: counted(totals.sales),
    Returns: counted(totals.returns),
    Net: money(totals.net),
    Discounts: counted(totals.discounts),
    'Thrown away': counted(totals.voids),
    ...(totals.tips !== 0 && { Tips: money(totals.tips) }),
    ...(totals.rounding !== 0 && { Rounding: money(totals.rounding) }),
    'Paid in': counted(totals.payIns),
    'Paid out': counted(totals.payOuts),
    'Drawer opened': String(totals.noSales),
    Shifts: `${shifts.count} closed, ${money(shifts.over)} over, ${money(shifts.short)} short`,
    'Vouchers open': String(report.vouchersOpen),
    Facts: report.covers.map(({ generation, from, to }) => `${generation}.${from} to ${generation}.${to}`).join(', ') || '-',
    Id: report.id,
  });
  return `${head}\n${tableText(tendersIn(currency), totals.tenders)}\n${tableText(taxesIn(currency), totals.taxes)}`;
}

function tendersIn(currency: string): Column<Totals['tenders'][number]>[] {
  const text = (amount: number) => amountCell({ amount, currency });
  return [
    { name: 'paid-by', value: ({ method, state }) => (state === 'unverified' ? `${method}, unconfirmed` : method) },
    { name: 'payments', align: 'right', value: ({ count }) => count },
    { name: 'taken', align: 'right', value: ({ taken }) => taken, text: ({ taken }) => text(taken) },
    { name: 'given-back', align: 'right', value: ({ givenBack }) => givenBack, text: ({ givenBack }) => text(givenBack) },
  ];
}

function taxesIn(currency: string): Column<Totals['taxes'][number]>[] {
  const text = (amount: number) => amountCell({ amount, currency });
  const rate = (hundredths: number) =>
    isCurrency(currency) ? rateText(hundredths, currency).replaceAll('\u00a0', ' ') : String(hundredths);
  return [
    { name: 'tax', value: (tax) => tax.rate, text: (tax) => rate(tax.rate) },
    { name: 'net', align: 'right', value: ({ net }) => net, text: ({ net }) => text(net) },
    { name: 'amount', align: 'right', value: ({ tax }) => tax, text: ({ tax }) => text(tax) },
  ];
}
