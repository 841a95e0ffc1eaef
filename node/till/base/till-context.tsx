// How views reach the till: one context, one selector hook, and the words of the chosen language.
import { createContext, useContext, useMemo, useSyncExternalStore } from 'react';
import { present } from '#schema/values/assert';
import { amountText } from '#schema/values/money-text';
import type { PricedSale } from '../sale/priced-sale.ts';
import type { Till } from '../till.ts';
import { openSale, type StoreSettings, storeSettings, type TillState } from '../till-state.ts';
import { dayText, type Say, sayIn } from '../words/words.ts';

export const TillContext = createContext<Till | null>(null);

export const useActions = (): Till => present(useContext(TillContext), 'a view stands outside the till');

/** The view is drawn again when what it selects is another value; select parts of the state, never new objects. */
export function useTill<T>(select: (state: TillState) => T): T {
  const { state } = useActions();
  return useSyncExternalStore(state.subscribe, () => select(state.get()));
}

export function useSay(): Say {
  const language = useTill((state) => state.language);
  return useMemo(() => sayIn(language), [language]);
}

/** A business day in words. */
export function useDayText(): (date: string) => string {
  const language = useTill((state) => state.language);
  return useMemo(() => (date: string) => dayText(date, language), [language]);
}

export function useStore(): StoreSettings {
  const session = useTill((state) => state.session);
  return useMemo(() => storeSettings({ session }), [session]);
}

/** An amount without its sign, in the store's currency. */
export function useAmountText(): (amount: number) => string {
  const { currency } = useStore();
  return useMemo(() => (amount: number) => amountText({ amount, currency }), [currency]);
}

export function useOpenSale(): PricedSale {
  const cart = useTill((state) => state.cart);
  const catalogue = useTill((state) => state.catalogue);
  const session = useTill((state) => state.session);
  const charges = useTill((state) => state.charges);
  return useMemo(() => openSale({ cart, catalogue, session, charges }), [cart, catalogue, session, charges]);
}
