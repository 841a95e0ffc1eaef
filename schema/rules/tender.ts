// How a sale is paid at the till: cash, the store's static QRIS taken as unverified, an external card terminal, or several of them.
// Cash is rounded by the store's setting, on what remains after the other tenders, never on those.
import type { Currency } from '../values/currency.ts';
import { safe } from '../values/integer.ts';
import { isPayable, sumAmounts, toCash } from '../values/money.ts';
import { ok, type Result, refuse } from '../values/result.ts';

export const tenderMethods = ['cash', 'qris', 'card'] as const;

export type TenderMethod = (typeof tenderMethods)[number];

/** Only a provider's answer makes a payment certain; what nobody confirmed stays unverified until it is matched. */
export type TenderState = 'paid' | 'unverified';

export interface CashOffer {
  tenderId: string;
  method: 'cash';
  /** What the customer handed over. */
  tendered: number;
}

export interface ChargeOffer {
  tenderId: string;
  method: 'qris' | 'card';
  amount: number;
  /** The terminal's receipt number, or the reference in the QR. */
  reference: string;
}

export type TenderOffer = CashOffer | ChargeOffer;

export interface Tender {
  tenderId: string;
  method: TenderMethod;
  /** What of it pays the sale. */
  amount: number;
  tendered: number;
  change: number;
  reference: string | null;
  state: TenderState;
}

export interface Settled {
  tenders: Tender[];
  /** Due less the total and the tip: what rounding of cash gave or took. */
  rounding: number;
  due: number;
}

export type TenderRefusal = 'not-enough-tendered' | 'too-much-tendered' | 'bad-tender';

/** The most that anyone hands over at a till: more is a slip of the finger. */
const MAX_TENDER = 1_000_000_000_000;

/** Settles what is to be paid, the total and a tip, with what the customer offers. */
export function settle(
  payable: number,
  offers: readonly TenderOffer[],
  { currency, cashStep }: { currency: Currency; cashStep: number | null },
): Result<Settled, TenderRefusal> {
  const wrong = offers.map((offer, index) => wrongOffer(offer, index, offers, currency)).find((each) => each !== undefined);
  if (wrong) return refuse('bad-tender', wrong.detail, { field: wrong.field });
  const charges = offers.filter((offer) => offer.method !== 'cash');
  const charged = sumAmounts(charges.map(({ amount }) => amount));
  const rest = payable - charged;
  if (rest < 0)
    return refuse('too-much-tendered', 'The cards and codes charge more than the sale.', {
      field: 'tenders',
      next: 'Charge at most what is due; only cash gives change.',
      facts: { due: payable, charged },
    });
  const cash = offers.find((offer) => offer.method === 'cash');
  const cashDue = cash ? toCash(rest, cashStep) : 0;
  const short = cash ? cashDue - cash.tendered : rest;
  if (short > 0) return tooLittle(charged + (cash ? cashDue : rest), charged + (cash?.tendered ?? 0));
  const rounding = cash ? cashDue - rest : 0;
  return ok({ tenders: offers.map((offer) => tenderOf(offer, cashDue)), rounding, due: payable + rounding });
}

const tooLittle = (due: number, tendered: number) =>
  refuse('not-enough-tendered', 'The amount given is less than what is due.', {
    field: 'tenders',
    next: 'Take the rest, or remove an item.',
    facts: { due, tendered },
  });

function tenderOf(offer: TenderOffer, cashDue: number): Tender {
  const { tenderId, method } = offer;
  if (offer.method === 'cash') {
    const { tendered } = offer;
    return { tenderId, method, amount: cashDue, tendered, change: tendered - cashDue, reference: null, state: 'paid' };
  }
  const { amount, reference } = offer;
  const state = offer.method === 'qris' ? 'unverified' : 'paid';
  return { tenderId, method, amount, tendered: amount, change: 0, reference, state };
}

function wrongOffer(
  offer: TenderOffer,
  index: number,
  offers: readonly TenderOffer[],
  currency: Currency,
): { field: string; detail: string } | undefined {
  const field = (name: string) => `tenders[${index}].${name}`;
  if (offers.findIndex(({ tenderId }) => tenderId === offer.tenderId) !== index)
    return { field: field('tenderId'), detail: 'Two tenders have the same id.' };
  if (offer.method === 'cash') {
    const { tendered } = offer;
    if (!Number.isSafeInteger(tendered) || tendered < 0 || tendered > MAX_TENDER)
      return { field: field('tendered'), detail: 'The amount given must be a whole number of minor units.' };
    const another = offers.findIndex(({ method }) => method === 'cash') !== index;
    return another ? { field: field('method'), detail: 'Cash is taken once in a sale.' } : undefined;
  }
  return offer.amount > 0 && offer.amount <= MAX_TENDER && isPayable(offer.amount, currency)
    ? undefined
    : { field: field('amount'), detail: 'A charge is a positive amount that can be paid.' };
}

const quickSteps: Partial<Record<Currency, readonly number[]>> = {
  IDR: [500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000],
  SEK: [2_000, 5_000, 10_000, 20_000, 50_000],
};

/** What people usually hand over for this amount: due rounded up to the notes in their purse, at most four beside the exact one. */
export function quickAmounts(due: number, currency: Currency): number[] {
  const steps = quickSteps[currency] ?? [1_000, 2_000, 5_000, 10_000, 20_000];
  const above = steps.map((step) => safe(Math.ceil(due / step) * step, 'amount')).filter((amount) => amount > due);
  return [due, ...new Set(above)].slice(0, 5);
}
