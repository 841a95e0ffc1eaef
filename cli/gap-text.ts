// What a lost machine took with it, in words: named, as far as anybody knows.
import type { Gap } from '#schema/wire/recovery';
import { timeCell } from './ui/time.ts';

export function gapText(gap: Gap | null): string {
  if (!gap) return 'Nothing is missing.';
  const { generation, from, to, since, until, heardAt, certain } = gap;
  const heard = heardAt === null ? '' : ` The lost machine was last heard ${timeCell(heardAt)}.`;
  if (to === null)
    return `What was written after fact ${generation}.${from - 1} did not arrive here; how much that is, nobody knows yet.${heard}`;
  const when = since === null ? '' : `, written ${timeCell(since)}${until === null ? '' : ` to ${timeCell(until)}`}`;
  return `Missing: ${certain ? '' : 'at least '}facts ${generation}.${from} to ${generation}.${to} (${to - from + 1})${when}.${certain ? '' : heard}`;
}
