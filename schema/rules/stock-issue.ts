// Which lots goods leave from, what they cost, and what is left worth: one pure rule that the node and the centre both run.
import { scale } from '../values/integer.ts';
import { sumAmounts } from '../values/money.ts';

/** fifo: what came first leaves first. lifo: what came last. fefo: what expires first. */
export const issueMethods = ['fifo', 'lifo', 'fefo'] as const;

export type IssueMethod = (typeof issueMethods)[number];

export const usualIssueMethod: IssueMethod = 'fifo';

/** Goods that came in together: what came, what is left of it, and what all of it cost in minor units. */
export interface Lot {
  id: string;
  quantity: number;
  remaining: number;
  /** Null where nobody said. */
  cost: number | null;
  /** The last day on which it may be sold. */
  expiresOn: string | null;
}

/** Some of one lot, with its part of the lot's cost. */
export interface LotPart {
  lotId: string;
  quantity: number;
  cost: number | null;
}

/** What so much of a lot is worth. Parts are told apart by what was worth more before, so they add up to the lot's cost to the unit. */
export const worthOf = ({ cost, quantity }: Pick<Lot, 'cost' | 'quantity'>, remaining: number): number | null =>
  cost === null ? null : scale(cost, remaining, quantity);

function partOf(lot: Lot, quantity: number): LotPart {
  const [before, after] = [worthOf(lot, lot.remaining), worthOf(lot, lot.remaining - quantity)];
  return { lotId: lot.id, quantity, cost: before === null || after === null ? null : before - after };
}

/** Given in the order of their arrival, in the order in which they leave; what never expires leaves last. */
export function leavingOrder<L extends Pick<Lot, 'expiresOn'>>(lots: readonly L[], method: IssueMethod): L[] {
  if (method === 'lifo') return lots.toReversed();
  if (method === 'fifo') return [...lots];
  return lots.toSorted(({ expiresOn: one }, { expiresOn: other }) =>
    one === other ? 0 : one === null || (other !== null && one > other) ? 1 : -1,
  );
}

interface Wanted {
  quantity: number;
  method: IssueMethod;
  /** A lot that somebody named, which is taken before all others. */
  lotId?: string | null;
}

/** Takes from lots in the order of their arrival; what no lot holds is short. */
export function takeFrom(lots: readonly Lot[], { quantity, method, lotId = null }: Wanted): { parts: LotPart[]; short: number } {
  const ordered = leavingOrder(lots, method);
  const named = ordered.filter((lot) => lot.id === lotId);
  const parts: LotPart[] = [];
  let short = quantity;
  for (const lot of [...named, ...ordered.filter((lot) => lot.id !== lotId)]) {
    const taken = Math.min(short, lot.remaining);
    if (taken > 0) parts.push(partOf(lot, taken));
    short -= taken;
  }
  return { parts, short };
}

/** What is left of goods that came in after the units that were handed out before there were any. */
export const leftAfterOwed = (quantity: number, onHandBefore: number): number =>
  Math.max(0, quantity - Math.max(0, -onHandBefore));

/** Returned goods go back to the lots that they were sold from, as far as those gave any; the rest is a lot of its own. */
export function giveBack(sold: readonly LotPart[], quantity: number): { parts: LotPart[]; rest: number } {
  const parts: LotPart[] = [];
  let rest = quantity;
  for (const part of sold) {
    const back = Math.min(rest, part.quantity);
    if (back > 0) parts.push({ lotId: part.lotId, quantity: back, cost: worthOf(part, back) });
    rest -= back;
  }
  return { parts, rest };
}

/** What a movement needs to know of its product; asked only when it matters. */
export interface LotState {
  onHand(): number;
  method(): IssueMethod;
  /** With something left, in the order of their arrival. */
  open(): readonly Lot[];
  /** What a sale has taken from lots and not given back, in the order of their arrival. */
  sold(saleId: string): readonly LotPart[];
}

export interface LotMovement {
  quantity: number;
  lotId?: string | null;
  saleId?: string | null;
  brought?: { cost: number | null } | null;
}

export interface LotEffect {
  /** What comes to lots or leaves them, signed. */
  parts: LotPart[];
  /** A lot of its own. */
  added: { quantity: number; remaining: number } | null;
  /** What the goods cost, signed as they moved; null unless all of it is known. */
  cost: number | null;
}

/** What goes out leaves lots by the product's rule; what comes in is a lot, or goes back to where it was sold from. */
export function lotEffect(movement: LotMovement, state: LotState): LotEffect {
  const { quantity, lotId = null, saleId, brought } = movement;
  if (quantity < 0) {
    const open = state.open();
    if (open.length === 0) return { parts: [], added: null, cost: null };
    const { parts, short } = takeFrom(open, { quantity: -quantity, method: state.method(), lotId });
    return signed(parts, short, -1);
  }
  const left = leftAfterOwed(quantity, state.onHand());
  if (!saleId) return { parts: [], added: { quantity, remaining: left }, cost: brought?.cost ?? null };
  const { parts, rest } = giveBack(state.sold(saleId), left);
  return { ...signed(parts, quantity - left + rest, 1), added: rest > 0 ? { quantity: rest, remaining: rest } : null };
}

function signed(parts: readonly LotPart[], unknown: number, sign: 1 | -1): LotEffect {
  const moved = parts.map(({ lotId, quantity, cost }) => {
    return { lotId, quantity: sign * quantity, cost: cost === null ? null : sign * cost };
  });
  const known = unknown === 0 && moved.every(({ cost }) => cost !== null);
  return { parts: moved, added: null, cost: known ? sumAmounts(moved.map(({ cost }) => cost ?? 0)) : null };
}
