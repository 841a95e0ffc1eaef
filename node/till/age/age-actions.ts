// Proof of age: asked once a sale, when it is to be paid, and gone on from where one was.
import { removeLine } from '../sale/cart.ts';
import type { SaleActions } from '../sale/sale-actions.ts';
import { change, interrupt, type TillParts } from '../till-parts.ts';
import { ageAsked, mustProveAge } from './age-limit.ts';

export interface AgeActions {
  /** Whether the way is free; if not, the sheet asks and `then` is called once proof was seen. */
  passes(then: () => void): boolean;
  seen(): void;
  /** Without proof these items leave the sale; Undo brings them back. */
  remove(): void;
}

export function ageActions(parts: TillParts, sale: Pick<SaleActions, 'alter'>): AgeActions {
  const { state } = parts;
  let goOn = () => {};
  return {
    passes(then) {
      const asked = ageAsked(state.get());
      if (!asked || !mustProveAge(state.get())) return true;
      goOn = then;
      change(parts, { sheet: 'age', saleOpen: false });
      interrupt(parts, 'age_title', { years: asked.ageLimit ?? 0 });
      return false;
    },
    seen() {
      if (state.get().sheet !== 'age') return;
      change(parts, { sheet: null, ageChecked: ageAsked(state.get())?.ageLimit ?? 0 });
      goOn();
    },
    remove() {
      const { cart, catalogue, ageChecked } = state.get();
      const limited = cart.lines.filter(({ productId }) => (catalogue.products.get(productId)?.ageLimit ?? 0) > ageChecked);
      for (const { lineId } of limited) sale.alter((current) => removeLine(current, lineId));
      change(parts, { sheet: null, screen: 'sell' });
    },
  };
}
