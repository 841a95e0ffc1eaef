// Payments beside cash: what the store takes, one that is being entered, and what they leave to pay. Pure.
import type { ChargeOffer, TenderMethod } from '#schema/rules/tender';
import type { Currency } from '#schema/values/currency';
import { isPayable, sumAmounts } from '#schema/values/money';
import type { TillSession } from '#schema/wire/till';
import { amountGiven, fillGiven, type Given, typeGiven } from './given.ts';

export type ChargeMethod = ChargeOffer['method'];

export interface ChargeEntry {
  tenderId: string;
  method: ChargeMethod;
  /** Where digits go. */
  target: 'amount' | 'reference';
  typed: Given;
  reference: string;
}

const MOST_REFERENCE = 20;

/** What this store takes; what it does not is not drawn. */
export function methodsOf(session: TillSession | null): TenderMethod[] {
  if (!session) return ['cash'];
  const { offlineQris, qrisStatic, cardTerminal } = session.store.settings;
  const takesQris = offlineQris === 'unverified' && qrisStatic !== null && session.store.currency === 'IDR';
  return ['cash', ...(takesQris ? (['qris'] as const) : []), ...(cardTerminal ? (['card'] as const) : [])];
}

export const chargedBy = (charges: readonly ChargeOffer[]): number => sumAmounts(charges.map(({ amount }) => amount));

interface NewCharge {
  tenderId: string;
  method: ChargeMethod;
  rest: number;
  currency: Currency;
  tillCode: string;
}

/** A QRIS code carries a reference of ours; a card's slip has one of its own. */
export const newCharge = ({ tenderId, method, rest, currency, tillCode }: NewCharge): ChargeEntry => ({
  tenderId,
  method,
  target: method === 'card' ? 'reference' : 'amount',
  typed: fillGiven(rest, currency),
  reference: method === 'qris' ? `${tillCode}-${tenderId.slice(-8)}`.toUpperCase() : '',
});

export function typeCharge(entry: ChargeEntry, key: string, currency: Currency): ChargeEntry {
  if (entry.target === 'amount') return { ...entry, typed: typeGiven(entry.typed, key, currency) };
  if (key === 'Backspace') return { ...entry, reference: entry.reference.slice(0, -1) };
  const reference = entry.reference + key;
  return /^\d+$/.test(key) && reference.length <= MOST_REFERENCE ? { ...entry, reference } : entry;
}

export type ChargeWant = 'enter_amount' | 'enter_reference';

/** The charge as it would be taken, or what is still wanted. */
export function chargeOf(entry: ChargeEntry, rest: number, currency: Currency): ChargeOffer | ChargeWant {
  const { tenderId, method, reference, typed } = entry;
  const amount = amountGiven(typed, currency);
  if (amount <= 0 || amount > rest || !isPayable(amount, currency)) return 'enter_amount';
  return reference === '' ? 'enter_reference' : { tenderId, method, amount, reference };
}
