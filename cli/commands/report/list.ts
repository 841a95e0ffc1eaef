// lapak report list STORE: the business days that a store closed, newest first.
import * as Args from '@oclif/core/args';
import type { StoreDayReport } from '#schema/wire/report';
import { LapakCommand } from '../../base-command.ts';
import { findStore } from '../../find.ts';
import { listFlags } from '../../flags.ts';
import { pages } from '../../pages.ts';
import { amountCell, majorUnits } from '../../ui/money.ts';
import type { Column } from '../../ui/table.ts';
import { timeCell } from '../../ui/time.ts';

const money = (name: string, amountOf: (report: StoreDayReport) => number): Column<StoreDayReport> => ({
  name,
  align: 'right',
  value: (report) => majorUnits({ amount: amountOf(report), currency: report.currency }),
  text: (report) => amountCell({ amount: amountOf(report), currency: report.currency }),
});

const takenBy = ({ totals }: StoreDayReport, isMeant: (tender: StoreDayReport['totals']['tenders'][number]) => boolean) =>
  totals.tenders.filter(isMeant).reduce((sum, { taken, givenBack }) => sum + taken - givenBack, 0);

const columns: Column<StoreDayReport>[] = [
  { name: 'report', value: (report) => report.label },
  { name: 'day', value: (report) => report.businessDate },
  { name: 'sales', align: 'right', value: (report) => report.totals.sales.count },
  money('net', ({ totals }) => totals.net),
  money('cash', (report) => takenBy(report, ({ method }) => method === 'cash')),
  money('unconfirmed', (report) => takenBy(report, ({ state }) => state === 'unverified')),
  money('over', ({ totals }) => totals.shifts.over),
  money('short', ({ totals }) => totals.shifts.short),
  { name: 'closed', value: (report) => report.closedAt, text: (report) => timeCell(report.closedAt) },
  { name: 'currency', value: (report) => report.currency, extra: true },
  { ...money('returns', ({ totals }) => totals.returns.amount), extra: true },
  { ...money('discounts', ({ totals }) => totals.discounts.amount), extra: true },
  { name: 'closed-by', value: (report) => report.closedBy, extra: true },
  { name: 'approved-by', value: (report) => report.approvedBy, extra: true },
  { name: 'id', value: (report) => report.id, extra: true },
];

export default class ReportList extends LapakCommand<typeof ReportList> {
  static override summary = 'List the closed days of a store (Z), newest first.';
  static override examples = [
    '<%= config.bin %> report list warung-sari',
    '<%= config.bin %> report list warung-sari --limit 0 --output csv --columns report,day,net,cash',
  ];
  static override args = {
    store: Args.string({ required: true, description: 'The store: its code, its id or a prefix of one.' }),
  };
  static override flags = { ...listFlags };

  protected readonly attempt = 'list the closed days';

  async run(): Promise<void> {
    const centre = await this.centre();
    const { id } = await findStore(centre, this.args.store);
    const reports = pages((query) => centre.report.list({ params: { id }, query }), this.pageSize());
    await this.showList(reports, columns, 'No day was closed here yet.');
  }
}
