// What of the open sale asks for an age. Pure.
import { wallTime } from '#schema/values/time';
import type { CatalogueProduct } from '#schema/wire/till';
import type { TillState } from '../till-state.ts';

/** The highest age that anything in the sale asks for, and what asks for it. */
export function ageAsked({ cart, catalogue }: Pick<TillState, 'cart' | 'catalogue'>): CatalogueProduct | undefined {
  const limited = cart.lines.flatMap(({ productId }) => {
    const product = catalogue.products.get(productId);
    return product?.ageLimit ? [product] : [];
  });
  return limited.sort((left, right) => (right.ageLimit ?? 0) - (left.ageLimit ?? 0))[0];
}

export const mustProveAge = (state: Pick<TillState, 'cart' | 'catalogue' | 'ageChecked'>): boolean =>
  (ageAsked(state)?.ageLimit ?? 0) > state.ageChecked;

/** The day on which who is just old enough was born, as the store's calendar has it. */
export function latestBirthday(years: number, now: number, timeZone: string): string {
  const today = wallTime(now, timeZone).slice(0, 10);
  return `${Number(today.slice(0, 4)) - years}${today.slice(4)}`;
}
