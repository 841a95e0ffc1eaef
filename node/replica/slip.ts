// A slip of the finger: a letter wrong, missing or too many, or two in the wrong order; two slips in a long word.

export const TRIGRAM = 3;
const LONG_WORD = 8;

/** What of a word is still right after a slip: most of its parts of three letters. */
export function trigramsOf(word: string): string[] {
  const letters = [...word];
  return letters.slice(TRIGRAM - 1).map((_, start) => letters.slice(start, start + TRIGRAM).join(''));
}

const ALPHABET = [...'abcdefghijklmnopqrstuvwxyz'];

/** In a short word a slip can leave no trigram right: then the right word is one of these. */
export function slipsWithoutTrace(word: string): string[] {
  const letters = [...word];
  const isTraced = (from: number, to: number) => from >= TRIGRAM || letters.length - to >= TRIGRAM;
  const swapped = letters
    .slice(1)
    .map((letter, at) =>
      isTraced(at, at + 2) ? [] : [[...letters.slice(0, at), letter, letters[at], ...letters.slice(at + 2)]],
    );
  const replaced = letters.map((_, at) => (isTraced(at, at + 1) ? [] : ALPHABET.map((letter) => letters.with(at, letter))));
  return [...swapped, ...replaced].flat().map((slip) => slip.join(''));
}

/** Is this word one of the name's, or the beginning of one, but for a slip? */
export function isSlipOf(word: string, name: string): boolean {
  const most = word.length >= LONG_WORD ? 2 : 1;
  return name.includes(word) || name.split(/\s+/).some((right) => slipsBetween(word, right) <= most);
}

/** The fewest slips that make the written word out of a beginning of the right one (optimal string alignment). */
function slipsBetween(written: string, right: string): number {
  let before: number[] = [];
  let above = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let i = 1; i <= written.length; i++) {
    const row = [i];
    for (let j = 1; j <= right.length; j++) {
      const isSame = written[i - 1] === right[j - 1];
      const isSwap = i > 1 && j > 1 && written[i - 1] === right[j - 2] && written[i - 2] === right[j - 1];
      const [left, up, corner] = [row[j - 1] ?? 0, above[j] ?? 0, above[j - 1] ?? 0];
      const fewest = Math.min(left + 1, up + 1, corner + (isSame ? 0 : 1));
      row.push(isSwap ? Math.min(fewest, (before[j - 2] ?? 0) + 1) : fewest);
    }
    [before, above] = [above, row];
  }
  return Math.min(...above);
}
