// A code as bars that every scanner reads from paper and most from a screen: Code 39. Each character is five bars and four gaps, three of the
// nine wide: two bars and a gap, or for four of the signs three gaps. Pure: text in, widths out.

/** The two wide bars of each column, and the wide gap of each row, as places among the nine. */
const columns = ['08', '28', '02', '48', '04', '24', '68', '06', '26', '46'];
const rows: readonly (readonly [characters: string, gap: string])[] = [
  ['1234567890', '3'],
  ['ABCDEFGHIJ', '5'],
  ['KLMNOPQRST', '7'],
  ['UVWXYZ-. *', '1'],
];
const signs: Readonly<Record<string, string>> = { $: '135', '/': '137', '+': '157', '%': '357' };

const WIDE = 3;
const NARROW = 1;

function widePlaces(character: string): string {
  for (const [characters, gap] of rows) {
    const column = columns[characters.indexOf(character)];
    if (column !== undefined) return column + gap;
  }
  return signs[character] ?? '';
}

/** Widths of bars and gaps in turn, with the stars that begin and end it. */
export const code39 = (text: string): number[] =>
  [...`*${text}*`].flatMap((character, index) => {
    const wide = widePlaces(character);
    const nine = Array.from({ length: 9 }, (_, place) => (wide.includes(String(place)) ? WIDE : NARROW));
    return index === 0 ? nine : [NARROW, ...nine];
  });
