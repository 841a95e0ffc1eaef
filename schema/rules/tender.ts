// How a sale is paid at the till. Cash is rounded by the store's setting, on what remains to be paid, never on other tenders.
import type { Currency } from '../values/currency.ts';
import { toCash } from '../values/money.ts';
import { ok, type Result, refuse } from '../values/result.ts';

export interface CashOffer {
  tenderId: string;
  method: 'cash';
  /** What the customer handed over. */
  tendered: number;
}

export interface CashTender extends CashOffer {
  /** What of it pays the sale. */
  amount: number;
  change: number;
}

export interface Settled {
  tenders: CashTender[];
  /** Due in cash less the total: what rounding gave or took. */
  rounding: number;
  due: number;
}

export type TenderRefusal = 'not-enough-tendered' | 'bad-tender';

/** The most that a customer may hand over above what is due, as a multiple: more is a slip of the finger. */
const MAX_TENDER = 1_000_000_000_000;

export function settleInCash(total: number, offer: CashOffer, cashStep: number | null): Result<Settled, TenderRefusal> {
  if (!Number.isSafeInteger(offer.tendered) || offer.tendered < 0 || offer.tendered > MAX_TENDER)
    return refuse('bad-tender', 'The amount given must be a whole number of minor units.', { field: 'tenders[0].tendered' });
  const due = toCash(total, cashStep);
  if (offer.tendered < due)
    return refuse('not-enough-tendered', 'The amount given is less than what is due.', {
      field: 'tenders[0].tendered',
      next: 'Take the rest, or remove an item.',
      facts: { due, tendered: offer.tendered },
    });
  return ok({ tenders: [{ ...offer, amount: due, change: offer.tendered - due }], rounding: due - total, due });
}

const quickSteps: Partial<Record<Currency, readonly number[]>> = {
  IDR: [500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000],
  SEK: [2_000, 5_000, 10_000, 20_000, 50_000],
};

/** What people usually hand over for this amount: due rounded up to the notes in their purse, at most four beside the exact one. */
export function quickAmounts(due: number, currency: Currency): number[] {
  const steps = quickSteps[currency] ?? [1_000, 2_000, 5_000, 10_000, 20_000];
  const above = steps.map((step) => Math.ceil(due / step) * step).filter((amount) => amount > due);
  return [due, ...new Set(above)].slice(0, 5);
}
