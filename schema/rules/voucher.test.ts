// Every state of a voucher against every report, and the stock that follows from it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterReport, holdsUnit, stockEffect, type VoucherEvent, type VoucherState, voucherMachine } from './voucher.ts';

const table: Record<VoucherState, Record<VoucherEvent, VoucherState>> = {
  open: { pour: 'dispensed', fail: 'failed', doubt: 'uncertain', expire: 'expired', void: 'voided' },
  uncertain: { pour: 'dispensed', fail: 'failed', doubt: 'uncertain', expire: 'expired', void: 'voided' },
  failed: { pour: 'dispensed', fail: 'failed', doubt: 'uncertain', expire: 'failed', void: 'failed' },
  expired: { pour: 'dispensed', fail: 'failed', doubt: 'uncertain', expire: 'expired', void: 'expired' },
  voided: { pour: 'dispensed', fail: 'failed', doubt: 'uncertain', expire: 'voided', void: 'voided' },
  dispensed: { pour: 'dispensed', fail: 'dispensed', doubt: 'dispensed', expire: 'dispensed', void: 'dispensed' },
};

describe('vouchers', () => {
  it.each(voucherMachine.states.flatMap((state) => voucherMachine.events.map((event) => [state, event] as const)))(
    'a voucher that is %s and hears “%s” is what the table says',
    (state, event) => expect(afterReport(state, event)).toBe(table[state][event]),
  );

  it('consumes one unit at most and ends with nothing reserved unless it is open or in doubt, whatever is reported', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...voucherMachine.events)), (events) => {
        let state: VoucherState = voucherMachine.initial;
        let { onHand, reserved }: { onHand: number; reserved: number } = stockEffect(null, state);
        for (const event of events) {
          const next = afterReport(state, event);
          const effect = stockEffect(state, next);
          onHand += effect.onHand;
          reserved += effect.reserved;
          state = next;
        }
        expect(onHand).toBe(state === 'dispensed' ? -1 : 0);
        expect(reserved).toBe(Number(holdsUnit(state)));
        expect(events.includes('pour')).toBe(state === 'dispensed');
      }),
    );
  });
});
