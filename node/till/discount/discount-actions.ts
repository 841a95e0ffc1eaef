// Giving something off the sale or off one line. It shows at once and Undo takes it back; whether a manager must approve, the node says
// when the sale is paid.
import { isPayable } from '#schema/values/money';
import { amountText } from '#schema/values/money-text';
import { selectedLine, setDiscount } from '../sale/cart.ts';
import type { SaleActions } from '../sale/sale-actions.ts';
import { nothingGiven } from '../tender/given.ts';
import { announce, change, type TillParts } from '../till-parts.ts';
import { openSale, storeSettings } from '../till-state.ts';
import { sayIn } from '../words/words.ts';
import { type DiscountEntry, type DiscountReason, enteredValue, noDiscountEntry, typeDiscount } from './discount-entry.ts';

export interface DiscountActions {
  /** F7. */
  open(): void;
  giveOf(of: DiscountEntry['of']): void;
  giveAs(kind: DiscountEntry['kind']): void;
  giveFor(reason: DiscountReason): void;
  type(key: string): void;
  give(): void;
  takeAway(): void;
}

export function discountActions(parts: TillParts, sale: Pick<SaleActions, 'alter'>): DiscountActions {
  const { state } = parts;
  const set = (step: (entry: DiscountEntry) => DiscountEntry) =>
    state.update((current) => ({ ...current, discount: step(current.discount) }));

  function apply(value: number | null): void {
    const { discount, cart, language } = state.get();
    const lineId = discount.of === 'line' ? (selectedLine(cart)?.lineId ?? null) : null;
    const given = value === null ? null : { kind: discount.kind, value, reason: sayIn(language)(discount.reason) };
    if (!sale.alter((current) => setDiscount(current, lineId, given))) return;
    change(parts, { sheet: null, discount: noDiscountEntry });
    const { discounted, total, currency } = openSale(state.get());
    const text = (amount: number) => amountText({ amount, currency });
    announce(parts, 'discounted', { amount: text(discounted), due: text(total) });
  }

  return {
    open() {
      const { screen, sheet, cart } = state.get();
      if (screen !== 'sell') return;
      change(parts, { sheet: sheet === 'discount' || cart.lines.length === 0 ? null : 'discount', discount: noDiscountEntry });
    },
    giveOf: (of) => set((entry) => ({ ...entry, of })),
    giveAs: (kind) => set((entry) => ({ ...entry, kind, typed: nothingGiven })),
    giveFor: (reason) => set((entry) => ({ ...entry, reason })),
    type: (key) => set((entry) => typeDiscount(entry, key, storeSettings(state.get()).currency)),
    give() {
      const { currency } = storeSettings(state.get());
      const { discount } = state.get();
      const value = enteredValue(discount, currency);
      if (value !== null && (discount.kind === 'percent' || isPayable(value, currency))) apply(value);
    },
    takeAway: () => apply(null),
  };
}
