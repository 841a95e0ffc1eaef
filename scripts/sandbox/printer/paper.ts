// The paper of the simulated printer: what each command leaves on it, dot by dot, and a picture of each piece that was cut off.
import { PNG } from 'pngjs';
import { qrModules } from '#node/receipt/bitmap';
import { type Command, PrinterFault } from './commands.ts';
import { GLYPH_HEIGHT, GLYPH_WIDTH, glyphRows } from './font.ts';

/** Font A. */
const CELL_WIDTH = 12;
const CELL_HEIGHT = 24;
/** Each dot of the font is this many of the paper. */
const FONT_DOTS = 2;
const LINE_SPACING = 30;
/** From the print head to the cutter. */
const CUTTER_ROWS = 90;
const PICTURE_MARGIN = 24;
/** One dot each, opaque. */
const PAPER = 0xff_f6_f6_f6;
const INK = 0xff_10_10_10;

type Row = Uint8Array;

export interface Piece {
  /** What can be read on it, line by line. */
  lines: string[];
  /** What its QR codes say. */
  codes: string[];
  png(): Buffer;
}

interface Char {
  char: string;
  bold: boolean;
  width: number;
  height: number;
}

const startModes = () => ({ align: 'left' as 'left' | 'center' | 'right', bold: false, width: 1, height: 1 });

export function openPaper(widthDots: number) {
  let modes = startModes();
  let line: Char[] = [];
  let rows: Row[] = [];
  let lines: string[] = [];
  let codes: string[] = [];
  const pieces: Piece[] = [];

  const blank = (count: number) => {
    for (let row = 0; row < count; row++) rows.push(new Uint8Array(widthDots));
  };

  const leftOf = (width: number): number => {
    if (width > widthDots) throw new PrinterFault(`${width} dots do not fit on ${widthDots}`);
    if (modes.align === 'left') return 0;
    return modes.align === 'right' ? widthDots - width : Math.floor((widthDots - width) / 2);
  };

  /** Paper with this drawn on it. */
  function put(width: number, height: number, isBlack: (x: number, y: number) => boolean): void {
    const left = leftOf(width);
    const top = rows.length;
    blank(height);
    for (let y = 0; y < height; y++) {
      const row = rows[top + y];
      for (let x = 0; row && x < width; x++) if (isBlack(x, y)) row[left + x] = 1;
    }
  }

  function endLine(): void {
    lines.push(line.map(({ char }) => char).join(''));
    const height = Math.max(LINE_SPACING, ...line.map((char) => char.height * CELL_HEIGHT + LINE_SPACING - CELL_HEIGHT));
    const width = line.reduce((sum, char) => sum + char.width * CELL_WIDTH, 0);
    const cells = line.flatMap((char) => {
      const glyph = glyphRows(char.char);
      return Array.from({ length: char.width * CELL_WIDTH }, (_, x) => ({ ...char, glyph, x }));
    });
    // Letters of one line stand on one base line.
    put(width, height, (x, y) => {
      const cell = cells[x];
      return cell !== undefined && isInk(cell, y - (height - LINE_SPACING + CELL_HEIGHT - cell.height * CELL_HEIGHT));
    });
    line = [];
  }

  function cutOff(): void {
    blank(CUTTER_ROWS);
    const piece = { rows, lines, codes };
    pieces.push({ lines, codes, png: () => pictureOf(piece.rows, widthDots) });
    rows = [];
    lines = [];
    codes = [];
  }

  function needEmptyLine(what: string): void {
    if (line.length > 0) throw new PrinterFault(`${what} in the middle of a line`);
  }

  return {
    pieces: (): readonly Piece[] => pieces,
    /** What came out and was not cut off yet. */
    rest: (): Piece => ({ lines: [...lines], codes: [...codes], png: () => pictureOf(rows, widthDots) }),
    print(command: Command): void {
      switch (command.kind) {
        case 'init':
          modes = startModes();
          line = [];
          break;
        case 'char':
          line.push({ ...modes, char: command.char });
          leftOf(line.reduce((sum, { width }) => sum + width * CELL_WIDTH, 0));
          break;
        case 'line-feed':
          endLine();
          break;
        case 'feed':
          needEmptyLine('a feed');
          blank(command.lines * LINE_SPACING);
          break;
        case 'align':
          needEmptyLine('an alignment');
          modes = { ...modes, align: command.align };
          break;
        case 'bold':
          modes = { ...modes, bold: command.on };
          break;
        case 'size':
          modes = { ...modes, width: command.width, height: command.height };
          break;
        case 'raster': {
          needEmptyLine('a picture');
          const { stride, rows: dots } = command;
          put(stride * 8, dots.length / stride, (x, y) => ((dots[y * stride + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0);
          break;
        }
        case 'qr': {
          needEmptyLine('a QR code');
          const { size, isDark } = qrModules(command.text);
          const side = size * command.dots;
          put(side, side, (x, y) => isDark(Math.floor(x / command.dots), Math.floor(y / command.dots)));
          codes.push(command.text);
          break;
        }
        case 'cut':
          needEmptyLine('a cut');
          cutOff();
          break;
      }
    },
  };
}

function isInk({ glyph, x, bold, width, height }: Char & { glyph: number[]; x: number }, y: number): boolean {
  const at = (dot: number): boolean => {
    const column = Math.floor(dot / width / FONT_DOTS - 0.5);
    const row = Math.floor(y / height / FONT_DOTS);
    if (column < 0 || column >= GLYPH_WIDTH || row < 0 || row >= GLYPH_HEIGHT) return false;
    return ((glyph[row] ?? 0) & (1 << (GLYPH_WIDTH - 1 - column))) !== 0;
  };
  return at(x) || (bold && at(x - 1));
}

/** Black on paper that is not quite white, so that its edges show. */
function pictureOf(rows: readonly Row[], widthDots: number): Buffer {
  const width = widthDots + 2 * PICTURE_MARGIN;
  const height = Math.max(1, rows.length) + 2 * PICTURE_MARGIN;
  const png = new PNG({ width, height });
  const dots = new Uint32Array(png.data.buffer, png.data.byteOffset, width * height);
  dots.fill(PAPER);
  for (const [y, row] of rows.entries())
    for (const [x, ink] of row.entries()) if (ink === 1) dots[(y + PICTURE_MARGIN) * width + x + PICTURE_MARGIN] = INK;
  return PNG.sync.write(png, { colorType: 0 });
}
