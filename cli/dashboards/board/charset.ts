// What this terminal can show: Unicode, or ASCII with names transliterated. Colour is another question.
import { oneLine } from '../../ui/width.ts';

export interface Charset {
  unicode: boolean;
  symbols: Record<string, string>;
  marks: readonly string[];
  rule: string;
  /** Any text, in characters that the terminal has, and none that it would obey: names are typed by people. */
  text(value: string): string;
}

const unicodeSymbols = { OK: '✓', LATE: '!', DOWN: '✗', UNKN: '?', BUSY: '~', AWAY: '-', OFF: '-' };
const asciiSymbols = { OK: '+', LATE: '!', DOWN: 'x', UNKN: '?', BUSY: '~', AWAY: '-', OFF: '-' };

// Letters that do not fall apart into a plain one and a mark.
const others: Record<string, string> = {
  ø: 'o',
  Ø: 'O',
  æ: 'ae',
  Æ: 'AE',
  ß: 'ss',
  đ: 'd',
  Đ: 'D',
  ł: 'l',
  Ł: 'L',
  '–': '-',
  '—': '-',
  '“': '"',
  '”': '"',
  '’': "'",
  '…': '~',
  '×': 'x',
};

const plain = (value: string): string =>
  value
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{ASCII}]/gu, (character) => others[character] ?? '?');

export function charsetOf(unicode: boolean): Charset {
  return unicode
    ? { unicode, symbols: unicodeSymbols, marks: [...'▁▂▃▄▅▆▇█'], rule: '─', text: oneLine }
    : { unicode, symbols: asciiSymbols, marks: [...'_.:-=+*#'], rule: '-', text: (value) => plain(oneLine(value)) };
}

/** By the locale, as every program decides it; the Linux console has no block characters. */
export function hasUnicode(env: Readonly<Record<string, string | undefined>>): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return /utf-?8/i.test(locale) && env.TERM !== 'linux';
}
