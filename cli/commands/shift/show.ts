// lapak shift show STORE SHIFT: one shift, with what its drawer should have held and what was in it.
import * as Args from '@oclif/core/args';
import { isId } from '#schema/values/id';
import type { StoreShift } from '#schema/wire/shift';
import { LapakCommand } from '../../base-command.ts';
import { findStore, pickOne } from '../../find.ts';
import { pages } from '../../pages.ts';
import { fieldsText } from '../../ui/answer.ts';
import { moneyCell } from '../../ui/money.ts';
import { timeCell } from '../../ui/time.ts';

export default class ShiftShow extends LapakCommand<typeof ShiftShow> {
  static override summary = 'Show one shift of a store.';
  static override examples = ['<%= config.bin %> shift show warung-sari 0196f3c1'];
  static override args = {
    store: Args.string({ required: true, description: 'The store: its code, its id or a prefix of one.' }),
    shift: Args.string({ required: true, description: 'Its id or a prefix of it, as `lapak shift list` shows.' }),
  };

  protected readonly attempt = 'show the shift';

  async run(): Promise<void> {
    const centre = await this.centre();
    const { id, code } = await findStore(centre, this.args.store);
    const text = this.args.shift;
    const shifts = pages((query) => centre.shift.list({ params: { id }, query }));
    const shift = isId(text)
      ? await centre.shift.show({ params: { id, shiftId: text } })
      : // Numbers repeat from till to till, so they name no shift.
        await pickOne(shifts, { noun: 'shift', text, list: `lapak shift list ${code}`, namesOf: () => [] });
    this.show(shift, () => shiftText(shift, code));
  }
}

function shiftText(shift: StoreShift, storeCode: string): string {
  const { count, closedAt, currency } = shift;
  const money = (amount: number) => moneyCell({ amount, currency });
  return fieldsText({
    Shift: String(shift.number),
    Store: storeCode,
    Day: shift.businessDate,
    Opened: timeCell(shift.openedAt),
    Closed: closedAt === null ? 'still open' : timeCell(closedAt),
    Float: money(shift.float),
    ...(count && { Expected: money(count.expected), Counted: money(count.counted), Difference: money(count.difference) }),
    ...(shift.reason !== null && { Reason: shift.reason }),
    Till: shift.tillId,
    ...(shift.openedBy !== null && { 'Opened by': shift.openedBy }),
    ...(shift.closedBy !== null && { 'Closed by': shift.closedBy }),
    Id: shift.id,
  });
}
