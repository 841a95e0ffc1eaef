// A held sale: what of the open sale is kept under its id, for whichever till goes on with it. Pure.
import type { ChargeOffer } from '#schema/rules/tender';
import type { Draft } from '#schema/wire/draft';
import { cartOf, type Goods, goodsOf } from '../sale/cart.ts';
import { isPending } from '../tender/payment.ts';
import { openSale, type TillState } from '../till-state.ts';
import type { ListedSale } from './held-state.ts';

interface SaleContent {
  version: 1;
  goods: Goods;
  charges: readonly ChargeOffer[];
  ageChecked: number;
}

type OpenSale = Pick<TillState, 'cart' | 'charges' | 'ageChecked'>;

export function contentOf({ cart, charges, ageChecked }: OpenSale): string {
  const content: SaleContent = { version: 1, goods: goodsOf(cart), charges, ageChecked };
  return JSON.stringify(content);
}

/** Undefined for what a page of another version wrote. */
export function readContent(text: string): OpenSale | undefined {
  const content = JSON.parse(text) as SaleContent;
  if (content.version !== 1) return undefined;
  const { goods, charges, ageChecked } = content;
  return { cart: cartOf(goods), charges, ageChecked };
}

/** What the list says of a sale. */
export function summaryOf(state: TillState): { items: number; total: number } {
  const { items, total } = openSale(state);
  return { items, total };
}

export const canHold = ({ cart, payment, draft }: TillState): boolean =>
  draft !== null && cart.lines.length > 0 && !isPending(payment);

/** What the list shows: held ones first, then what other pages have open, then binned ones; each with the last word on it. */
export function listed({ held, draft }: Pick<TillState, 'held' | 'draft'>): Record<'held' | 'open' | 'binned', ListedSale[]> {
  const unsent = new Set(held.unsent.map(({ id }) => id));
  const known = held.sales.filter(({ id }) => !unsent.has(id) && id !== draft?.id);
  const all: ListedSale[] = [...held.unsent.map((sale) => ({ ...sale, tillName: null })), ...known];
  const of = (state: Draft['state']) => all.filter((sale) => sale.state === state);
  return { held: of('held'), open: of('open'), binned: of('binned') };
}
