// A count of stock: what several tills counted, scan by scan, against what the books said when it was counted.
//
//   counting ── review ──→ reviewing ── finish ──→ finished
//      ↑ └──── cancel ──→ cancelled ←── cancel ──┘
//      └────────────── recount ──────────┘
import { machine } from '../values/machine.ts';

export type CountState = 'counting' | 'reviewing' | 'finished' | 'cancelled';

export type CountEvent = 'review' | 'recount' | 'finish' | 'cancel';

export const countMachine = machine<CountState, CountEvent>('counting', {
  counting: { review: 'reviewing', cancel: 'cancelled' },
  reviewing: { recount: 'counting', finish: 'finished', cancel: 'cancelled' },
  finished: {},
  cancelled: {},
});

/** add: a scan, or one taken back. set: what this till has counted of it. replace: what all tills together have; counted again. */
export const entryKinds = ['add', 'set', 'replace'] as const;

export interface CountEntry {
  productId: string;
  tillId: string;
  kind: (typeof entryKinds)[number];
  quantity: number;
  /** What the books said at this moment. */
  onHand: number;
}

export interface CountedProduct {
  productId: string;
  counted: number;
  /** By till. */
  parts: ReadonlyMap<string, number>;
  /** What the books said at the last entry: what is sold later is not missing, it is sold. */
  expected: number;
  /** What the books changed by while it was being counted; unless zero it should be counted again. */
  movedMeanwhile: number;
}

/** Each till has its own part of a product, so that two people may count it in two places. In the order of their first entries. */
export function tallyOf(entries: readonly CountEntry[]): CountedProduct[] {
  const products = new Map<string, { parts: Map<string, number>; first: number; last: number }>();
  for (const { productId, tillId, kind, quantity, onHand } of entries) {
    const known = kind === 'replace' ? undefined : products.get(productId);
    const { parts, first } = known ?? { parts: new Map<string, number>(), first: onHand };
    parts.set(tillId, kind === 'add' ? (parts.get(tillId) ?? 0) + quantity : quantity);
    products.set(productId, { parts, first, last: onHand });
  }
  return [...products].map(([productId, { parts, first, last }]) => ({
    productId,
    counted: [...parts.values()].reduce((sum, part) => sum + part, 0),
    parts,
    expected: last,
    movedMeanwhile: last - first,
  }));
}

export const differenceOf = ({ counted, expected }: Pick<CountedProduct, 'counted' | 'expected'>): number => counted - expected;
