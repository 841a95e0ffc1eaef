// What a cashier does to the open sale. Each change shows at once; the node hears of a sale only when it is paid.
import { amountText } from '#schema/values/money-text';
import { amountGiven, fillGiven } from '../tender/given.ts';
import { isPending, noPayment } from '../tender/payment.ts';
import { announce, change, noticeOf, type TillParts, warn } from '../till-parts.ts';
import { openSale, type TillState } from '../till-state.ts';
import {
  addToCart,
  type Cart,
  moveSelection,
  removeLine,
  type SaleLine,
  selectedLine,
  selectLine,
  setQuantity,
  undo,
} from './cart.ts';
import { chargesGone } from './sale-lines.ts';

/** A payment's Done screen takes no orders so early: they were meant for the screen before. */
export const SETTLE_MS = 400;
const MOST_ENTRY_DIGITS = 5;

export interface SaleActions {
  add(productId: string): void;
  /** One label of the shop's own scale: what it weighs, and what it costs where it says so. */
  addLabel(label: Pick<SaleLine, 'productId' | 'quantity'> & { label: string; labelAmount: number | null }): void;
  /** Changes the cart unless its payment is out; says whether anything changed. */
  alter(step: (cart: Cart) => Cart): boolean;
  /** One step more or less; of the selected line when none is named. */
  step(direction: 1 | -1, lineId?: string): void;
  remove(lineId?: string): void;
  undo(): void;
  select(lineId: string): void;
  moveSelection(direction: 1 | -1): void;
  typeEntry(key: string): void;
  clearEntry(): void;
  /** `*`: the typed digits are the quantity of the next item. */
  useEntry(): void;
  /** The typed digits are the quantity of the selected line. */
  useEntryOnLine(): void;
}

/** The exact amount follows a sale that changes under it; an amount that a person typed never does. */
function withCart(state: TillState, cart: Cart): TillState {
  const before = openSale(state);
  const isEmpty = cart.lines.length === 0;
  const next = {
    ...state,
    cart,
    notice: isEmpty && state.charges.length > 0 ? chargesGone(before.currency, state.charges) : null,
    charges: isEmpty ? [] : state.charges,
    payment: isEmpty ? noPayment : state.payment,
    ageChecked: isEmpty ? 0 : state.ageChecked,
  };
  const after = openSale(next);
  const wasExact = state.given.filled && amountGiven(state.given, before.currency) === before.cashDue;
  return wasExact && state.screen === 'cash' ? { ...next, given: fillGiven(after.cashDue, after.currency) } : next;
}

export interface SaleReactions {
  /** Leads back from the last holding or resuming; whether there was one. */
  undoMove: () => boolean;
  /** Holds the sale that is being paid already: the item begins the next one. */
  holdPaid: (then: () => void) => boolean;
}

export function saleActions(parts: TillParts, reactions: SaleReactions): SaleActions {
  const { state, clock, makeId } = parts;

  const alter = (step: (cart: Cart) => Cart): boolean => {
    const before = state.get();
    if (isPending(before.payment) || before.phase !== 'ready') return false;
    const cart = step(before.cart);
    if (cart === before.cart) return false;
    state.update((current) => withCart(current, cart));
    return true;
  };

  const due = () => {
    const { cashDue, currency } = openSale(state.get());
    return amountText({ amount: cashDue, currency });
  };

  const unitOf = (productId: string) => 10 ** (state.get().catalogue.products.get(productId)?.quantityScale ?? 0);
  const nameOf = (productId: string) => state.get().catalogue.products.get(productId)?.name ?? '';

  function put(line: SaleLine): void {
    const { payment, screen, done, sheet, entry } = state.get();
    const { productId } = line;
    if (isPending(payment)) {
      parts.beep();
      warn(parts, noticeOf('warn', 'wait_saving'));
      return;
    }
    if (reactions.holdPaid(() => put(line))) return;
    if (!alter((cart) => addToCart(cart, line))) return;
    // Digits that are being typed on the quantity sheet are not this item's.
    change(parts, { multiplier: null, entry: sheet === 'quantity' ? entry : '' });
    const isSettled = done === null || clock.now() - done.shownAt >= SETTLE_MS;
    if (screen === 'done' && isSettled) change(parts, { screen: 'sell', done: null, saleOpen: false });
    if (state.get().screen !== 'done') change(parts, { last: null });
    const quantity = selectedLine(state.get().cart)?.quantity ?? 0;
    announce(parts, 'added', { name: nameOf(productId), n: quantity / unitOf(productId), amount: due() });
  }

  return {
    alter,
    add: (productId) => put({ lineId: makeId(), productId, quantity: (state.get().multiplier ?? 1) * unitOf(productId) }),
    addLabel: (label) => put({ lineId: makeId(), ...label }),
    step(direction, lineId) {
      const { cart } = state.get();
      const line = cart.lines.find((each) => each.lineId === (lineId ?? cart.selected));
      if (!line) return;
      const quantity = line.quantity + direction * unitOf(line.productId);
      if (!alter((current) => setQuantity(current, line.lineId, quantity))) return;
      announce(parts, quantity > 0 ? 'added' : 'removed', {
        name: nameOf(line.productId),
        n: quantity / unitOf(line.productId),
        amount: due(),
      });
    },
    remove(lineId) {
      const { cart } = state.get();
      const line = cart.lines.find((each) => each.lineId === (lineId ?? cart.selected));
      if (line && alter((current) => removeLine(current, line.lineId)))
        announce(parts, 'removed', { name: nameOf(line.productId), amount: due() });
    },
    undo() {
      if (alter(undo) || reactions.undoMove()) announce(parts, 'undone', { amount: due() });
    },
    select: (lineId) => void alter((cart) => selectLine(cart, lineId)),
    moveSelection: (direction) => void alter((cart) => moveSelection(cart, direction)),
    typeEntry(key) {
      const { entry } = state.get();
      if (key === 'Backspace') return change(parts, entry === '' ? { multiplier: null } : { entry: entry.slice(0, -1) });
      const next = (entry + key).replace(/^0+/, '');
      if (next.length <= MOST_ENTRY_DIGITS) change(parts, { entry: next });
    },
    clearEntry: () => change(parts, { entry: '', multiplier: null }),
    useEntry() {
      const { entry } = state.get();
      change(parts, { multiplier: entry === '' ? null : Number(entry), entry: '', sheet: null });
    },
    useEntryOnLine() {
      const { entry, cart } = state.get();
      const line = selectedLine(cart);
      change(parts, { entry: '', sheet: null });
      if (line && entry !== '') alter((current) => setQuantity(current, line.lineId, Number(entry) * unitOf(line.productId)));
    },
  };
}
