// A voucher: one paid unit of a dispensable product, promised to whoever holds its code. Node and centre step it by the same table.
//
//   open ──┬─ pour ───→ dispensed   the end
//          ├─ doubt ──→ uncertain ── pour, fail, expire, void ─→
//          ├─ fail ───→ failed ───── pour, doubt ─→
//          ├─ expire ─→ expired ──── pour, fail, doubt ─→
//          └─ void ───→ voided ───── pour, fail, doubt ─→
//
// An event leads to the same state wherever it comes from. What became of a voucher may be learned later: a pour reported late always
// counts, because the dispenser may have been out of reach when it happened.
import { machine } from '../values/machine.ts';

export type VoucherState = 'open' | 'dispensed' | 'failed' | 'uncertain' | 'expired' | 'voided';

export type VoucherEvent = 'pour' | 'fail' | 'doubt' | 'expire' | 'void';

export const voucherMachine = machine<VoucherState, VoucherEvent>('open', {
  open: { pour: 'dispensed', fail: 'failed', doubt: 'uncertain', expire: 'expired', void: 'voided' },
  uncertain: { pour: 'dispensed', fail: 'failed', expire: 'expired', void: 'voided' },
  failed: { pour: 'dispensed', doubt: 'uncertain' },
  expired: { pour: 'dispensed', fail: 'failed', doubt: 'uncertain' },
  voided: { pour: 'dispensed', fail: 'failed', doubt: 'uncertain' },
  dispensed: {},
});

/** What a dispenser's outcome says happened. */
export const eventOfOutcome = { ok: 'pour', fail: 'fail', uncertain: 'doubt' } as const satisfies Record<string, VoucherEvent>;

export const eventOfClosing = { expired: 'expire', voided: 'void' } as const satisfies Record<string, VoucherEvent>;

/** The state after something that was reported: facts are kept whatever the order, so one that says nothing new changes nothing. */
export function afterReport(state: VoucherState, event: VoucherEvent): VoucherState {
  const next = voucherMachine.step(state, event);
  return next.ok ? next.value : state;
}

/** A unit is held for a voucher as long as it may still be poured, or may have been. */
export const holdsUnit = (state: VoucherState): boolean => state === 'open' || state === 'uncertain';

export interface StockEffect {
  onHand: 0 | -1;
  reserved: -1 | 0 | 1;
}

/** Derived from the two states alone, so that a unit is consumed once and released once, in whatever order reports come. */
export const stockEffect = (from: VoucherState | null, to: VoucherState): StockEffect => ({
  onHand: to === 'dispensed' && from !== 'dispensed' ? -1 : 0,
  reserved: (Number(holdsUnit(to)) - Number(from !== null && holdsUnit(from))) as StockEffect['reserved'],
});
