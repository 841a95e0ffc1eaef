// The name that somebody probably meant: the one the fewest slips away, if it is near enough to be believed.

export function nearest(typed: string, names: readonly string[]): string | undefined {
  const ranked = names
    .map((name) => ({ name, slips: slipsBetween(typed, name) }))
    .sort((left, right) => left.slips - right.slips);
  const [best] = ranked;
  return best && best.slips <= Math.max(2, Math.floor(best.name.length / 3)) ? best.name : undefined;
}

/** Letters to add, remove or replace (Levenshtein). */
function slipsBetween(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...left].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...right].entries())
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)));
    row = next;
  }
  return row[right.length] ?? 0;
}
