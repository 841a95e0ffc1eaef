// lapak report dispensing STORE: what was paid for goods of dispensers, and what of it was poured, given back or is open.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import type { DispensingReport } from '#schema/wire/report';
import { LapakCommand } from '../../base-command.ts';
import { wrongUse } from '../../failure.ts';
import { findStore } from '../../find.ts';
import { dataFolderFlag } from '../../flags.ts';
import { amountCell, moneyCell } from '../../ui/money.ts';
import { type Column, tableText } from '../../ui/table.ts';

type Row = DispensingReport['rows'][number];
type Part = 'paid' | 'dispensed' | 'refunded' | 'open' | 'lost';

const parts: Part[] = ['paid', 'dispensed', 'refunded', 'open', 'lost'];

export default class ReportDispensing extends LapakCommand<typeof ReportDispensing> {
  static override summary =
    'Show what was paid for goods of dispensers and what became of it: paid = dispensed + refunded + open.';
  static override examples = [
    '<%= config.bin %> report dispensing warung-sari --from 2026-11-01 --to 2026-11-30',
    '<%= config.bin %> report dispensing --here',
  ];
  static override args = { store: Args.string({ description: 'The store: its code, its id or a prefix of one.' }) };
  static override flags = {
    from: Flags.string({ summary: 'The first business day; the last unless said, or today.', helpValue: '<date>' }),
    to: Flags.string({ summary: 'The last business day; the first unless said.', helpValue: '<date>' }),
    here: Flags.boolean({ summary: 'As the store node on this machine has it.' }),
    ...dataFolderFlag,
  };

  protected readonly attempt = 'show what dispensers owe';

  async run(): Promise<void> {
    const report = await this.read();
    this.show(report, () => textOf(report));
  }

  private async read(): Promise<DispensingReport> {
    const { from, to, here } = this.flags;
    const { store } = this.args;
    if ((here === true) !== (store === undefined))
      throw wrongUse('Name a store, or say --here for the one of this machine.', 'lapak report dispensing warung-sari');
    const query = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
    if (store === undefined) return (await this.localNode()).report.dispensing({ query });
    const centre = await this.centre();
    const { id } = await findStore(centre, store);
    return centre.report.dispensing({ params: { id }, query });
  }
}

function textOf({ rows, totals, currency }: DispensingReport): string {
  if (rows.length === 0) return 'Nothing was paid for there in those days.\n';
  const counted = (part: Part): Column<Row> => ({
    name: part,
    align: 'right',
    value: (row) => row[part].count,
    text: (row) => `${row[part].count}  ${amountCell({ amount: row[part].amount, currency })}`,
  });
  const columns: Column<Row>[] = [
    { name: 'day', value: (row) => row.businessDate },
    { name: 'dispenser', value: (row) => row.dispenserName ?? row.dispenserId ?? '-' },
    ...parts.map(counted),
    { name: 'waiting', align: 'right', value: (row) => row.waiting },
    { name: 'in-doubt', align: 'right', value: (row) => row.uncertain },
  ];
  const sum = (part: Part) => `${totals[part].count} ${part}, ${moneyCell({ amount: totals[part].amount, currency })}`;
  return `${tableText(columns, rows)}${parts.map(sum).join('; ')}\n`;
}
