// Reads TypeScript (or C) just far enough to tell code from comments, strings and regular expressions: the rules look at `code`,
// where what is not code is blank and every offset is as it was, and at `strings`.

export interface StringFound {
  /** Offset of the opening quote. */
  start: number;
  text: string;
}

export interface ScannedText {
  code: string;
  strings: StringFound[];
}

interface Scanner {
  text: string;
  /** What stays as it is; the rest becomes blank. */
  code: string[];
  strings: StringFound[];
  at: number;
  /** The last character of code that was not blank, and the word that it ended. */
  last: string;
  word: string;
}

// After these a slash starts a regular expression; after a value it divides.
const beforeRegex = '(,=:[!&|?{};+-*%^~>';
const wordsBeforeRegex = new Set([
  'return',
  'typeof',
  'case',
  'in',
  'of',
  'delete',
  'void',
  'throw',
  'else',
  'do',
  'await',
  'yield',
]);

export function scan(text: string): ScannedText {
  const scanner: Scanner = { text, code: [], strings: [], at: 0, last: '', word: '' };
  scanCode(scanner, false);
  return { code: scanner.code.join(''), strings: scanner.strings };
}

function blank(scanner: Scanner, until: number): void {
  scanner.code.push(scanner.text.slice(scanner.at, until).replaceAll(/[^\n]/g, ' '));
  scanner.at = until;
}

function keep(scanner: Scanner): void {
  const char = scanner.text[scanner.at] ?? '';
  scanner.code.push(char);
  scanner.at++;
  if (/[\w$]/.test(char)) scanner.word = /[\w$]/.test(scanner.text[scanner.at - 2] ?? '') ? scanner.word + char : char;
  else if (char.trim() !== '') scanner.word = '';
  if (char.trim() !== '') scanner.last = char;
}

/** Up to the end, or to the brace that closes a template's `${`. */
function scanCode(scanner: Scanner, inTemplate: boolean): void {
  let depth = 0;
  while (scanner.at < scanner.text.length) {
    const char = scanner.text[scanner.at];
    const two = scanner.text.slice(scanner.at, scanner.at + 2);
    if (two === '//' && scanner.last !== '<') blank(scanner, endOr(scanner.text, scanner.text.indexOf('\n', scanner.at)));
    else if (two === '/*') blank(scanner, endOr(scanner.text, scanner.text.indexOf('*/', scanner.at + 2), 2));
    else if (char === "'" || char === '"') scanQuoted(scanner, char);
    else if (char === '`') scanTemplate(scanner);
    else if (char === '/' && startsRegex(scanner)) scanRegex(scanner);
    else {
      if (char === '{') depth++;
      if (char === '}' && depth-- === 0 && inTemplate) return;
      keep(scanner);
    }
  }
}

const endOr = (text: string, found: number, length = 0): number => (found === -1 ? text.length : found + length);

const startsRegex = (scanner: Scanner): boolean =>
  scanner.last === '' || beforeRegex.includes(scanner.last) || wordsBeforeRegex.has(scanner.word);

/** A quote without its partner on the same line is an apostrophe in the text of a page. */
function scanQuoted(scanner: Scanner, quote: string): void {
  const start = scanner.at;
  let end = start + 1;
  while (end < scanner.text.length && scanner.text[end] !== quote && scanner.text[end] !== '\n') {
    end += scanner.text[end] === '\\' ? 2 : 1;
  }
  keep(scanner);
  if (scanner.text[end] !== quote) return;
  scanner.strings.push({ start, text: scanner.text.slice(start + 1, end) });
  blank(scanner, end);
  keep(scanner);
}

/** What stands in `${}` is code; the string that is kept has a blank in its place. */
function scanTemplate(scanner: Scanner): void {
  const start = scanner.at;
  let text = '';
  keep(scanner);
  while (scanner.at < scanner.text.length && scanner.text[scanner.at] !== '`') {
    if (scanner.text.startsWith('${', scanner.at)) {
      keep(scanner);
      keep(scanner);
      scanCode(scanner, true);
      keep(scanner);
      text += ' ';
    } else {
      const length = scanner.text[scanner.at] === '\\' ? 2 : 1;
      text += scanner.text.slice(scanner.at, scanner.at + length);
      blank(scanner, scanner.at + length);
    }
  }
  if (scanner.at < scanner.text.length) keep(scanner);
  scanner.strings.push({ start, text });
}

function scanRegex(scanner: Scanner): void {
  let end = scanner.at + 1;
  let inClass = false;
  while (end < scanner.text.length && scanner.text[end] !== '\n' && (inClass || scanner.text[end] !== '/')) {
    if (scanner.text[end] === '[') inClass = true;
    if (scanner.text[end] === ']') inClass = false;
    end += scanner.text[end] === '\\' ? 2 : 1;
  }
  if (scanner.text[end] === '/') blank(scanner, end + 1);
  else keep(scanner);
  scanner.last = '/';
  scanner.word = '';
}
