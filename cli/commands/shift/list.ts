// lapak shift list STORE: the shifts of a store's tills, newest first, with what their counts found.
import * as Args from '@oclif/core/args';
import type { StoreShift } from '#schema/wire/shift';
import { LapakCommand } from '../../base-command.ts';
import { findStore } from '../../find.ts';
import { listFlags } from '../../flags.ts';
import { pages } from '../../pages.ts';
import { amountCell, majorUnits } from '../../ui/money.ts';
import type { Column } from '../../ui/table.ts';
import { timeCell } from '../../ui/time.ts';

const money = (name: string, amountOf: (shift: StoreShift) => number | null): Column<StoreShift> => ({
  name,
  align: 'right',
  value(shift) {
    const amount = amountOf(shift);
    return amount === null ? null : majorUnits({ amount, currency: shift.currency });
  },
  text(shift) {
    const amount = amountOf(shift);
    return amount === null ? '-' : amountCell({ amount, currency: shift.currency });
  },
});

const columns: Column<StoreShift>[] = [
  { name: 'shift', align: 'right', value: (shift) => shift.number },
  { name: 'day', value: (shift) => shift.businessDate },
  { name: 'opened', value: (shift) => shift.openedAt, text: (shift) => timeCell(shift.openedAt) },
  {
    name: 'closed',
    value: (shift) => shift.closedAt,
    text: (shift) => (shift.closedAt === null ? 'open' : timeCell(shift.closedAt)),
  },
  money('float', (shift) => shift.float),
  money('expected', (shift) => shift.count?.expected ?? null),
  money('counted', (shift) => shift.count?.counted ?? null),
  money('difference', (shift) => shift.count?.difference ?? null),
  { name: 'reason', value: (shift) => shift.reason },
  { name: 'id', value: (shift) => shift.id },
  { name: 'currency', value: (shift) => shift.currency, extra: true },
  { name: 'till-id', value: (shift) => shift.tillId, extra: true },
  { name: 'opened-by', value: (shift) => shift.openedBy, extra: true },
  { name: 'closed-by', value: (shift) => shift.closedBy, extra: true },
];

export default class ShiftList extends LapakCommand<typeof ShiftList> {
  static override summary = 'List the shifts of a store, newest first.';
  static override examples = [
    '<%= config.bin %> shift list warung-sari',
    "<%= config.bin %> shift list warung-sari --filter 'difference<0'",
  ];
  static override args = {
    store: Args.string({ required: true, description: 'The store: its code, its id or a prefix of one.' }),
  };
  static override flags = { ...listFlags };

  protected readonly attempt = 'list the shifts';

  async run(): Promise<void> {
    const centre = await this.centre();
    const { id } = await findStore(centre, this.args.store);
    const shifts = pages((query) => centre.shift.list({ params: { id }, query }), this.pageSize());
    await this.showList(shifts, columns, 'No shift was opened here yet.');
  }
}
