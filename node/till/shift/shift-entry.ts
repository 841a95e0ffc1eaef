// A shift as somebody sees it and types into it. Pure; what it comes to is computed.
import type { DrawerMovement } from '#schema/rules/drawer';
import type { Currency } from '#schema/values/currency';
import { parseAmount } from '#schema/values/money-text';
import type { Shift } from '#schema/wire/shift';

/** What was typed and is not sent. Ids are made before anything is sent: pressed again it is the same deed. */
export interface ShiftEntry {
  version: 1;
  openId: string;
  movementId: string;
  /** How many of each note and coin, by its worth in minor units. */
  pieces: Readonly<Record<string, string>>;
  reason: string;
  /** What of an open shift is on the screen. */
  part: 'drawer' | 'count';
  drawer: { kind: DrawerMovement; amount: string; reason: string };
}

export const newEntry = (makeId: () => string): ShiftEntry => ({
  version: 1,
  openId: makeId(),
  movementId: makeId(),
  pieces: {},
  reason: '',
  part: 'drawer',
  drawer: { kind: 'pay-in', amount: '', reason: '' },
});

const MOST_DIGITS = 6;

/** Digits alone, and no more of them than any drawer holds. */
export const typedPieces = (text: string): string =>
  text
    .replace(/\D/g, '')
    .replace(/^0+(?=\d)/, '')
    .slice(0, MOST_DIGITS);

export const denominationsIn = ({ pieces }: ShiftEntry): { worth: number; count: number }[] =>
  Object.entries(pieces)
    .map(([worth, count]) => ({ worth: Number(worth), count: Number(count) }))
    .filter(({ count }) => count > 0)
    .sort((one, other) => other.worth - one.worth);

export const totalIn = (entry: ShiftEntry): number =>
  denominationsIn(entry).reduce((sum, { worth, count }) => sum + worth * count, 0);

/** What to send of a movement; null until it is whole. */
export function movementIn({ drawer }: ShiftEntry, currency: Currency) {
  const { kind } = drawer;
  const reason = drawer.reason.trim();
  const amount = kind === 'no-sale' ? 0 : parseAmount(drawer.amount, currency);
  const isWhole = reason !== '' && amount !== undefined && (kind === 'no-sale' || amount > 0);
  return isWhole ? { kind, amount, reason } : null;
}

/** A difference needs a reason. */
export const mayClose = (shift: Shift, { reason }: ShiftEntry): boolean =>
  shift.state === 'counted' && (shift.count?.difference === 0 || reason.trim() !== '');
