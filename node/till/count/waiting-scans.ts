// Scans of a stocktake that the node has not answered: kept in this browser, so that neither a reload nor a lost node loses one. Each has
// an id, so that being sent twice counts once.
import type { CountScan, StockCount } from '#schema/wire/count';
import type { Keep } from '../base/keep.ts';

export interface WaitingScan {
  countId: string;
  scan: CountScan;
}

const PREFIX = 'count-scan/';

export interface ScanKeep {
  load(): Promise<WaitingScan[]>;
  add(waiting: WaitingScan): Promise<void>;
  drop(scanId: string): Promise<void>;
}

/** Ids rise with time, so their order is that of the scans. */
export const scanKeep = (keep: Keep): ScanKeep => ({
  async load() {
    const entries = await keep.entries(PREFIX);
    return entries.sort(([left], [right]) => (left < right ? -1 : 1)).map(([, value]) => value as WaitingScan);
  },
  add: (waiting) => keep.put(PREFIX + waiting.scan.id, waiting),
  drop: (scanId) => keep.alter(PREFIX + scanId, () => undefined).then(() => {}),
});

export type CountLine = StockCount['lines'][number];

/** What is counted when all that waits is answered; the one counted last stands first. */
export function withWaiting(
  { id, lines }: Pick<StockCount, 'id' | 'lines'>,
  waiting: readonly WaitingScan[],
  product: (productId: string) => { name: string; quantityScale: number } | undefined,
): readonly CountLine[] {
  let shown: readonly CountLine[] = lines;
  for (const { countId, scan } of waiting) {
    const { productId } = scan;
    if (countId !== id || productId === undefined) continue;
    const line = shown.find((each) => each.productId === productId);
    const known = product(productId);
    const before = line ?? { productId, name: known?.name ?? null, quantityScale: known?.quantityScale ?? 0, counted: 0 };
    const counted = scan.kind === 'add' ? before.counted + scan.quantity : scan.quantity;
    shown = withLine(shown, { ...before, counted });
  }
  return shown;
}

/** In the place of what was there of its product, first in the list. */
export const withLine = (lines: readonly CountLine[], line: CountLine): readonly CountLine[] => [
  line,
  ...lines.filter(({ productId }) => productId !== line.productId),
];
