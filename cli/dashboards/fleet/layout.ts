// The whole screen as lines, from what is known, what was chosen and how large the terminal is. Pure: the same in, the same lines out.
import { cut, padEnd } from '../../ui/width.ts';
import type { Charset } from './charset.ts';
import { cellText, HEAD_WIDTH, type Placed, placeColumns, salesText } from './columns.ts';
import { detailLines } from './detail.ts';
import { helpLines } from './help.ts';
import { bothEnds, type Line, plainLine, type Style, textOf, toScreenWidth } from './line.ts';
import { contextText, hintText, messageLine, stampText } from './message.ts';
import { type Picture, rowsOf, visibleRows } from './picture.ts';
import type { Row } from './row.ts';
import { totalsText } from './totals.ts';
import { type OnScreen, placeSelection, type UiState } from './ui-state.ts';

export interface Terminal {
  columns: number;
  rows: number;
}

export interface LayoutInput {
  picture: Picture;
  state: UiState;
  terminal: Terminal;
  charset: Charset;
  now: number;
  scope: string;
}

const DETAIL_FROM = 140;
const DETAIL_WIDTH = 50;
const TWO_LINES_BELOW = 60;
const TINY_COLUMNS = 40;
const TINY_ROWS = 10;
/** Tabs, context, column header, rule; totals, rule, message, hints. */
const AROUND = 8;

/** The last row of the terminal stays empty: a frame of full height makes every redraw clear the screen. */
export const frameHeight = ({ rows }: Terminal): number => Math.max(1, rows - 1);

export const isTiny = ({ columns, rows }: Terminal): boolean => columns < TINY_COLUMNS || rows < TINY_ROWS;

const isNarrow = ({ columns }: Terminal): boolean => columns < TWO_LINES_BELOW;

/** What the keys act on: the rows in their order, and how many of them are in sight. */
export function onScreen({ picture, state, terminal, now }: LayoutInput): OnScreen {
  const rows = visibleRows(rowsOf(picture, now), state);
  const lines = Math.max(1, frameHeight(terminal) - AROUND + (isNarrow(terminal) ? 1 : 0));
  return { rows, body: Math.max(1, isNarrow(terminal) ? Math.floor(lines / 2) : lines) };
}

export function layout(input: LayoutInput): Line[] {
  const { terminal } = input;
  const all = rowsOf(input.picture, input.now);
  if (isTiny(terminal)) return [toScreenWidth(plainLine(tinyText(input, all)), terminal.columns)];
  const lines = [...above(input, all), ...middle(input), ...below(input, all)];
  return lines.map((line) => toScreenWidth(line, terminal.columns));
}

function tinyText(input: LayoutInput, all: readonly Row[]): string {
  const count = (state: string) => all.filter((row) => row.state === state).length;
  const link = input.picture.lost ? 'no link  ' : '';
  return `${link}${all.length} stores  ${count('DOWN')} down  ${count('LATE')} late  q quit`;
}

function above(input: LayoutInput, all: readonly Row[]): Line[] {
  const { terminal, charset, state } = input;
  const { columns } = terminal;
  const brand = columns >= DETAIL_FROM ? ' Lapak ' : '';
  const tabs = `${brand} [1${isNarrow(terminal) ? '' : ' FLEET'}]`;
  const shown = onScreen(input).rows.length;
  return [
    plainLine(bothEnds(tabs, `${stampText(input)} `, columns)),
    plainLine(contextText({ state, scope: input.scope, shown, all: all.length, charset })),
    ...(isNarrow(terminal) ? [] : [withDetail(input, plainLine(titles(placed(input))), -2)]),
    withDetail(input, plainLine(charset.rule.repeat(listWidth(input))), -1),
  ];
}

const hasDetail = ({ terminal, state }: LayoutInput): boolean => terminal.columns >= DETAIL_FROM && state.detail;

const listWidth = (input: LayoutInput): number =>
  hasDetail(input) ? input.terminal.columns - DETAIL_WIDTH - 3 : input.terminal.columns;

const placed = (input: LayoutInput): Placed[] =>
  placeColumns(listWidth(input), { rows: onScreen(input).rows, charset: input.charset, shift: input.state.shift });

function titles(columns: readonly Placed[]): string {
  const cells = columns.map(({ column, width }) =>
    column.align === 'right' ? column.title.padStart(width) : padEnd(cut(column.title, width), width),
  );
  return `${padEnd('  STATE', HEAD_WIDTH)}${cells.join(' ')}`;
}

function middle(input: LayoutInput): Line[] {
  const { state, terminal, charset } = input;
  const height = frameHeight(terminal) - AROUND + (isNarrow(terminal) ? 1 : 0);
  const screen = onScreen(input);
  const { index, top } = placeSelection(state, screen);
  if (state.mode === 'help') return padLines(helpLines(charset), height);
  const selected = screen.rows[index];
  if (state.mode === 'open' && selected && !hasDetail(input))
    return padLines(detailLines(selected, charset, terminal.columns - 2), height);
  const columns = placed(input);
  const lines = screen.rows
    .slice(top, top + screen.body)
    .flatMap((row, offset) => rowLines(input, { row, columns, isSelected: top + offset === index }));
  return padLines(lines, height).map((line, at) => withDetail(input, line, at));
}

function padLines(lines: readonly Line[], height: number): Line[] {
  return Array.from({ length: height }, (_, index) => lines[index] ?? plainLine(''));
}

interface Drawn {
  row: Row;
  columns: readonly Placed[];
  isSelected: boolean;
}

const colors: Partial<Record<Row['state'], Style['color']>> = { LATE: 'yellow', DOWN: 'red', UNKN: 'magenta' };

function rowLines(input: LayoutInput, { row, columns, isSelected }: Drawn): Line[] {
  const { charset, state } = input;
  const pin = state.pinned.includes(row.store.id) ? '*' : ' ';
  const marks = isSelected ? `>${pin}` : `${pin} `;
  const word = `${charset.symbols[row.state] ?? '?'} ${row.state.padEnd(4)}`;
  const rest: Style = { ...(row.dim && { dim: true }), ...(isSelected && { inverse: true }) };
  const color = colors[row.state];
  const head = [
    { text: marks, ...(isSelected && { inverse: true }) },
    { text: `${word} `, ...rest, ...(color && { color }), ...(color && { dim: false }) },
  ];
  if (isNarrow(input.terminal)) return narrowLines(head, row, { rest, charset });
  const cells = columns.map((column) => cellText(column, row, charset)).join(' ');
  return [[...head, { text: padEnd(cells, listWidth(input) - HEAD_WIDTH), ...rest }]];
}

/** Two lines for each store, where one has no room for what must not be dropped. */
function narrowLines(head: Line, row: Row, { rest, charset }: { rest: Style; charset: Charset }): Line[] {
  const queue = row.store.waiting === null || !row.answers ? '?' : String(row.store.waiting);
  return [
    [...head, { text: charset.text(row.store.name), ...rest }],
    [{ text: `${' '.repeat(HEAD_WIDTH - 1)} ${charset.text(salesText(row))}  queue ${queue}`, ...(row.dim && { dim: true }) }],
  ];
}

/** Beside the list: its title, a rule, then a line for each line of the body. */
function withDetail(input: LayoutInput, line: Line, at: number): Line {
  if (!hasDetail(input)) return line;
  const screen = onScreen(input);
  const row = screen.rows[placeSelection(input.state, screen).index];
  const lines = row ? detailLines(row, input.charset, DETAIL_WIDTH) : [];
  const beside =
    at === -1 ? plainLine(input.charset.rule.repeat(DETAIL_WIDTH)) : (lines[at === -2 ? 0 : at + 1] ?? plainLine(''));
  return [...toScreenWidth(line, listWidth(input)), { text: ' | ' }, ...beside];
}

function below(input: LayoutInput, all: readonly Row[]): Line[] {
  const { charset, terminal } = input;
  const rows = onScreen(input).rows;
  return [
    plainLine(` ${charset.text(totalsText(rows, terminal.columns - 2))}`),
    plainLine(charset.rule.repeat(terminal.columns)),
    messageLine({ ...input, all }),
    plainLine(` ${hintText(input.state, terminal.columns)}`),
  ];
}

export const screenText = (lines: readonly Line[]): string => lines.map(textOf).join('\n');
