// The whole screen as lines, from what is known, what was chosen and how large the terminal is. Pure: the same in, the same lines out.
import { cut, padEnd } from '../../ui/width.ts';
import type { Board, BoardRow } from './board.ts';
import type { Charset } from './charset.ts';
import { cellText, HEAD_WIDTH, type Placed, placeColumns } from './columns.ts';
import { helpLines } from './help.ts';
import { bothEnds, type Line, plainLine, type Style, textOf, toScreenWidth } from './line.ts';
import { contextText, hintText, messageLine, stampText } from './message.ts';
import type { Picture } from './picture.ts';
import { placeSelection, type UiState } from './ui-state.ts';
import { visibleRows } from './visible.ts';

export interface Terminal {
  columns: number;
  rows: number;
}

export interface LayoutInput<Item, Row extends BoardRow> {
  board: Board<Item, Row>;
  picture: Picture<Item>;
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
export function onScreen<Item, Row extends BoardRow>({ board, picture, state, terminal, now }: LayoutInput<Item, Row>) {
  const rows = visibleRows(board, board.rows(picture, now), state);
  const lines = Math.max(1, frameHeight(terminal) - AROUND + (isNarrow(terminal) ? 1 : 0));
  return { board, rows, body: Math.max(1, isNarrow(terminal) ? Math.floor(lines / 2) : lines) };
}

export function layout<Item, Row extends BoardRow>(input: LayoutInput<Item, Row>): Line[] {
  const { terminal } = input;
  const all = input.board.rows(input.picture, input.now);
  if (isTiny(terminal)) return [toScreenWidth(plainLine(tinyText(input, all)), terminal.columns)];
  const lines = [...above(input, all), ...middle(input), ...below(input, all)];
  return lines.map((line) => toScreenWidth(line, terminal.columns));
}

function tinyText<Item, Row extends BoardRow>(input: LayoutInput<Item, Row>, all: readonly Row[]): string {
  const count = (state: string) => all.filter((row) => row.state === state).length;
  const link = input.picture.lost ? 'no link  ' : '';
  return `${link}${all.length} ${input.board.noun.many}  ${count('DOWN')} down  ${count('LATE')} late  q quit`;
}

function above<Item, Row extends BoardRow>(input: LayoutInput<Item, Row>, all: readonly Row[]): Line[] {
  const { terminal, charset, state } = input;
  const { columns } = terminal;
  const brand = columns >= DETAIL_FROM ? ' Lapak ' : '';
  const { number, title } = input.board.tab;
  const tabs = `${brand} [${number}${isNarrow(terminal) ? '' : ` ${title}`}]`;
  const shown = onScreen(input).rows.length;
  return [
    plainLine(bothEnds(tabs, `${stampText(input)} `, columns)),
    plainLine(contextText({ state, scope: input.scope, shown, all: all.length, charset })),
    ...(isNarrow(terminal) ? [] : [withDetail(input, plainLine(titles(placed(input))), -2)]),
    withDetail(input, plainLine(charset.rule.repeat(listWidth(input))), -1),
  ];
}

const hasDetail = ({ terminal, state }: Pick<LayoutInput<never, never>, 'terminal' | 'state'>): boolean =>
  terminal.columns >= DETAIL_FROM && state.detail;

const listWidth = (input: Pick<LayoutInput<never, never>, 'terminal' | 'state'>): number =>
  hasDetail(input) ? input.terminal.columns - DETAIL_WIDTH - 3 : input.terminal.columns;

const placed = <Item, Row extends BoardRow>(input: LayoutInput<Item, Row>): Placed<Row>[] =>
  placeColumns(listWidth(input), {
    columns: input.board.columns,
    rows: onScreen(input).rows,
    charset: input.charset,
    shift: input.state.shift,
  });

function titles<Row extends BoardRow>(columns: readonly Placed<Row>[]): string {
  const cells = columns.map(({ column, width }) =>
    column.align === 'right' ? column.title.padStart(width) : padEnd(cut(column.title, width), width),
  );
  return `${padEnd('  STATE', HEAD_WIDTH)}${cells.join(' ')}`;
}

function middle<Item, Row extends BoardRow>(input: LayoutInput<Item, Row>): Line[] {
  const { state, terminal, charset } = input;
  const height = frameHeight(terminal) - AROUND + (isNarrow(terminal) ? 1 : 0);
  const screen = onScreen(input);
  const { index, top } = placeSelection(state, screen);
  if (state.mode === 'help') return padLines(helpLines(input.board, charset), height);
  const selected = screen.rows[index];
  if (state.mode === 'open' && selected && !hasDetail(input))
    return padLines(input.board.detail(selected, charset, terminal.columns - 2), height);
  const columns = placed(input);
  const lines = screen.rows
    .slice(top, top + screen.body)
    .flatMap((row, offset) => rowLines(input, { row, columns, isSelected: top + offset === index }));
  return padLines(lines, height).map((line, at) => withDetail(input, line, at));
}

function padLines(lines: readonly Line[], height: number): Line[] {
  return Array.from({ length: height }, (_, index) => lines[index] ?? plainLine(''));
}

interface Drawn<Row extends BoardRow> {
  row: Row;
  columns: readonly Placed<Row>[];
  isSelected: boolean;
}

const colors: Readonly<Record<string, Style['color']>> = { LATE: 'yellow', DOWN: 'red', UNKN: 'magenta', BUSY: 'cyan' };

function rowLines<Item, Row extends BoardRow>(input: LayoutInput<Item, Row>, { row, columns, isSelected }: Drawn<Row>): Line[] {
  const { charset, state } = input;
  const pin = state.pinned.includes(row.id) ? '*' : ' ';
  const marks = isSelected ? `>${pin}` : `${pin} `;
  const word = `${charset.symbols[row.state] ?? '?'} ${row.state.padEnd(4)}`;
  const rest: Style = { ...(row.dim && { dim: true }), ...(isSelected && { inverse: true }) };
  const color = colors[row.state];
  const head = [
    { text: marks, ...(isSelected && { inverse: true }) },
    { text: `${word} `, ...rest, ...(color && { color }), ...(color && { dim: false }) },
  ];
  if (isNarrow(input.terminal)) return narrowLines(head, row, { rest, charset, text: input.board.narrow(row) });
  const cells = columns.map((column) => cellText(column, row, charset)).join(' ');
  return [[...head, { text: padEnd(cells, listWidth(input) - HEAD_WIDTH), ...rest }]];
}

/** Two lines for each row, where one has no room for what must not be dropped. */
function narrowLines(
  head: Line,
  row: BoardRow,
  { rest, charset, text }: { rest: Style; charset: Charset; text: string },
): Line[] {
  return [
    [...head, { text: charset.text(row.name), ...rest }],
    [{ text: `${' '.repeat(HEAD_WIDTH - 1)} ${charset.text(text)}`, ...(row.dim && { dim: true }) }],
  ];
}

/** Beside the list: its title, a rule, then a line for each line of the body. */
function withDetail<Item, Row extends BoardRow>(input: LayoutInput<Item, Row>, line: Line, at: number): Line {
  if (!hasDetail(input)) return line;
  const screen = onScreen(input);
  const row = screen.rows[placeSelection(input.state, screen).index];
  const lines = row ? input.board.detail(row, input.charset, DETAIL_WIDTH) : [];
  const beside =
    at === -1 ? plainLine(input.charset.rule.repeat(DETAIL_WIDTH)) : (lines[at === -2 ? 0 : at + 1] ?? plainLine(''));
  return [...toScreenWidth(line, listWidth(input)), { text: ' | ' }, ...beside];
}

function below<Item, Row extends BoardRow>(input: LayoutInput<Item, Row>, all: readonly Row[]): Line[] {
  const { charset, terminal } = input;
  const rows = onScreen(input).rows;
  return [
    plainLine(` ${charset.text(input.board.totals(rows, terminal.columns - 2))}`),
    plainLine(charset.rule.repeat(terminal.columns)),
    messageLine({ ...input, all }),
    plainLine(` ${hintText(input.state, input.board, terminal.columns)}`),
  ];
}

export const screenText = (lines: readonly Line[]): string => lines.map(textOf).join('\n');
