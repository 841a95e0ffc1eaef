// What has just got low: said beside the sale, once for each time, and never over something graver.
import type { LowStock } from '#schema/wire/stock';
import { quantityText } from '../sale/priced-sale.ts';
import { announce, change, noticeOf, type TillParts } from '../till-parts.ts';

export function sayLowStock(parts: Pick<TillParts, 'state'>, low: readonly LowStock[]): void {
  const [first] = low;
  if (!first) return;
  const { name, available, quantityScale } = first;
  const said = { name, n: quantityText(available, quantityScale) };
  const key = low.length === 1 ? 'low_stock_one' : 'low_stock_more';
  const words = { ...said, ...(low.length > 1 && { more: low.length - 1 }) };
  announce(parts, key, words);
  const { notice } = parts.state.get();
  if (notice === null || notice.tone === 'ok' || notice.tone === 'info') change(parts, { notice: noticeOf('info', key, words) });
}
