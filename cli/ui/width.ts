// How many columns a text takes on a terminal, and the padding and cutting that tables and dashboards do by it.

const isWide = (code: number): boolean =>
  (code >= 0x1100 && code <= 0x115f) ||
  (code >= 0x2e80 && code <= 0xa4cf) ||
  (code >= 0xac00 && code <= 0xd7a3) ||
  (code >= 0xf900 && code <= 0xfaff) ||
  (code >= 0xfe30 && code <= 0xfe6f) ||
  (code >= 0xff00 && code <= 0xff60) ||
  (code >= 0xffe0 && code <= 0xffe6) ||
  (code >= 0x1f300 && code <= 0x1faff) ||
  (code >= 0x20000 && code <= 0x3fffd);

// What occupies no column: marks that join the letter before, and characters that join or turn text.
const joins = /[\p{M}\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]/u;

const widthOfCharacter = (character: string): number => {
  if (joins.test(character)) return 0;
  return isWide(character.codePointAt(0) ?? 0) ? 2 : 1;
};

export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += widthOfCharacter(character);
  return width;
}

/** Cut to the width, with `~` where something is missing. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  if (width <= 0) return '';
  let kept = '';
  let used = 0;
  for (const character of text) {
    used += widthOfCharacter(character);
    if (used > width - 1) break;
    kept += character;
  }
  return `${kept}~`;
}

export const padEnd = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));
export const padStart = (text: string, width: number): string => ' '.repeat(Math.max(0, width - widthOf(text))) + text;

/** Exactly this wide: cut or padded. */
export const toWidth = (text: string, width: number, align: 'left' | 'right' = 'left'): string =>
  align === 'right' ? padStart(cut(text, width), width) : padEnd(cut(text, width), width);

// A name typed in by somebody must not move the cursor or colour the screen.
const controls = /\p{Cc}/gu;

/** One harmless line of text. */
export const oneLine = (text: string): string => text.replace(controls, ' ');
