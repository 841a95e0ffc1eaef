// Sets blocks in a fixed number of columns, as printers and the PDF do: text is wrapped at words, amounts stand at the right edge.
import type { ReceiptBlock } from '#schema/wire/receipt';

type TextBlock = Extract<ReceiptBlock, { kind: 'text' }>;

export type LineSize = TextBlock['size'];

export interface TextLine {
  kind: 'line';
  /** As wide as the paper or less; a centred line brings its spaces with it only in `align`. */
  text: string;
  align: 'left' | 'center';
  bold: boolean;
  size: LineSize;
}

export type LaidOut = TextLine | { kind: 'logo' } | { kind: 'qr'; text: string } | { kind: 'cut' };

export interface Paper {
  columns: number;
  /** The text in characters that the paper can show, one a column. */
  show(text: string): string;
}

/** A large character takes two columns. */
const columnsOf = (columns: number, size: LineSize): number => (size === 'large' ? Math.floor(columns / 2) : columns);

/** Lines of at most this many characters, broken at spaces where there are some. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    let rest = word;
    if (line !== '' && line.length + 1 + rest.length <= columns) {
      line += ` ${rest}`;
      continue;
    }
    if (line !== '') lines.push(line);
    while (rest.length > columns) {
      lines.push(rest.slice(0, columns));
      rest = rest.slice(columns);
    }
    line = rest;
  }
  return [...lines, line].filter((each, index, all) => each !== '' || (index === 0 && all.length === 1));
}

/** The left part wrapped beside the amount; the amount stands on the last line, alone where there is no room. */
export function rowLines(left: string, right: string, columns: number): string[] {
  const room = columns - right.length - 1;
  if (right.length >= columns) return [...wrap(left, columns), ...wrap(right, columns)];
  const lines = wrap(left, Math.max(room, Math.ceil(columns / 2)));
  const last = lines.at(-1) ?? '';
  if (last.length <= room) return [...lines.slice(0, -1), last + right.padStart(columns - last.length)];
  return [...lines, right.padStart(columns)];
}

/** Spaces at the left are an indent of every line, which the wrapping of words would swallow. */
function indented(text: string, columns: number, set: (words: string, room: number) => string[]): string[] {
  const indent = /^ */.exec(text)?.[0].length ?? 0;
  return set(text, columns - indent).map((line) => ' '.repeat(indent) + line);
}

export function layOut(blocks: readonly ReceiptBlock[], { columns, show }: Paper): LaidOut[] {
  const line = (text: string, more: Partial<TextLine> = {}): TextLine => ({
    kind: 'line',
    text,
    align: 'left',
    bold: false,
    size: 'normal',
    ...more,
  });
  return blocks.flatMap((block): LaidOut[] => {
    switch (block.kind) {
      case 'text': {
        const { align, bold, size } = block;
        const paragraphs = block.text.split(/\r\n|[\n\r\u2028\u2029]/);
        const lines = paragraphs.flatMap((paragraph) =>
          indented(paragraph, columnsOf(columns, size), (words, room) => wrap(show(words).trim(), room)),
        );
        return lines.map((text) => line(text, { align, bold, size }));
      }
      case 'row': {
        const { bold, size } = block;
        const lines = indented(block.left, columnsOf(columns, size), (left, room) =>
          rowLines(show(left).trim(), show(block.right).trim(), room),
        );
        return lines.map((text) => line(text, { bold, size }));
      }
      case 'rule':
        return [line('-'.repeat(columns))];
      case 'space':
        return [line('')];
      default:
        return [block];
    }
  });
}
