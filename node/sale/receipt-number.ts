// Receipt numbers: one series for each till and generation (`T1A-000042`), without a gap, so a lost machine's numbers never come again.
import { generationLetters } from '#schema/rules/generation';
import { assert } from '#schema/values/assert';

export const seriesName = (tillCode: string, generation: number): string => `${tillCode}${generationLetters(generation)}`;

export const receiptNumber = (series: string, number: number): string => `${series}-${String(number).padStart(6, '0')}`;

export function seriesOf(receipt: string): { series: string; number: number } {
  const cut = receipt.lastIndexOf('-');
  const number = Number(receipt.slice(cut + 1));
  assert(cut > 0 && Number.isSafeInteger(number), `not a receipt number: ${receipt}`);
  return { series: receipt.slice(0, cut), number };
}
