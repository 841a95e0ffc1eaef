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

/**
 * How it is known that nothing comes out for a closed voucher any more: its dispenser counts it as used; or it never pours without its
 * node's word, and had none; or it could not be asked, and a manager takes the risk.
 */
export const clearances = ['acknowledged', 'node-decides', 'accepted-risk'] as const;

export type Clearance = (typeof clearances)[number];

/** Whether something may still come out for it, or may have come out unreported: before money goes out or a new one is issued, it is cleared. */
export const mayStillPour = (state: VoucherState, cleared: Clearance | null): boolean =>
  state === 'open' || ((state === 'expired' || state === 'voided') && cleared === null);

/** What is known for sure is not forgotten for something weaker. */
export const clearer = (one: Clearance | null, other: Clearance): Clearance =>
  one !== null && clearances.indexOf(one) < clearances.indexOf(other) ? one : other;

/** What a person at the store found out, or what was lost for good. */
export const resolutions = ['poured', 'not-poured', 'loss'] as const;

export type Resolution = (typeof resolutions)[number];

/** A loss changes nothing of the voucher: what came out twice came out. */
export const eventOfResolution = { poured: 'pour', 'not-poured': 'fail', loss: null } as const satisfies Record<
  Resolution,
  VoucherEvent | null
>;

/** What a unit that was paid and not poured waits for, or one that was poured beyond what was paid; and what a person may do about it. */
export const caseSteps = {
  expired: ['again', 'refund'],
  voided: ['again', 'refund'],
  failed: ['again', 'refund'],
  uncertain: ['poured', 'not-poured'],
  'poured-twice': ['loss'],
  'poured-refunded': ['loss'],
} as const satisfies Record<string, readonly (Resolution | 'again' | 'refund')[]>;

export type VoucherCase = keyof typeof caseSteps;

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
