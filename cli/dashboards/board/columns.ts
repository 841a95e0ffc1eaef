// Columns of any dashboard: which fit and how wide each is, what stands in a cell, and how rows are ordered by them.
import { toWidth, widthOf } from '../../ui/width.ts';
import type { Board, BoardColumn, BoardRow } from './board.ts';
import type { Charset } from './charset.ts';

/** Symbol and word, with the two places for cursor and pin before them. */
export const HEAD_WIDTH = 9;

export interface Placed<Row extends BoardRow> {
  column: BoardColumn<Row>;
  width: number;
}

export interface Placing<Row extends BoardRow> {
  columns: readonly BoardColumn<Row>[];
  rows: readonly Row[];
  charset: Charset;
  shift?: number;
}

/** The columns that fit, and their widths. `shift` leaves out as many of the first, so that later ones come into sight. */
export function placeColumns<Row extends BoardRow>(
  width: number,
  { columns, rows, charset, shift = 0 }: Placing<Row>,
): Placed<Row>[] {
  const least = leastWidths(columns, rows, charset);
  const minOf = (column: BoardColumn<Row>) => least.get(column) ?? column.min;
  const movable = columns.filter(({ drop }) => drop > 0);
  const away = new Set(movable.slice(0, Math.min(shift, movable.length)));
  let kept = columns.filter((column) => !away.has(column) && width >= (column.from ?? 0));
  const need = () => HEAD_WIDTH + kept.reduce((sum, column) => sum + minOf(column) + 1, 0) - 1;
  while (need() > width && kept.some(({ drop }) => drop > 0)) {
    const first = kept.reduce((worst, column) => (column.drop > worst.drop ? column : worst));
    kept = kept.filter((column) => column !== first);
  }
  const widths = new Map(kept.map((column) => [column, minOf(column)]));
  let spare = Math.max(0, width - need());
  // What goes first when it is narrow gains most when it is not: a day of takings, then names in full.
  for (const column of kept.toSorted((left, right) => right.drop - left.drop)) {
    const more = Math.max(0, Math.min(spare, column.max - minOf(column)));
    widths.set(column, minOf(column) + more);
    spare -= more;
  }
  return kept.map((column) => ({ column, width: widths.get(column) ?? column.min }));
}

/** Figures are never cut or shortened: their column is as wide as the widest of them, or goes as a whole. */
function leastWidths<Row extends BoardRow>(
  columns: readonly BoardColumn<Row>[],
  rows: readonly Row[],
  charset: Charset,
): Map<BoardColumn<Row>, number> {
  const figures = columns.filter(({ align }) => align === 'right');
  return new Map(
    figures.map((column) => [column, Math.max(column.min, ...rows.map((row) => widthOf(column.text(row, charset, column.min))))]),
  );
}

export const cellText = <Row extends BoardRow>({ column, width }: Placed<Row>, row: Row, charset: Charset): string =>
  toWidth(column.text(row, charset, width), width, column.align);

export function compareRows<Row extends BoardRow>(
  { columns, states }: Pick<Board<never, Row>, 'columns' | 'states'>,
  sort: { name: string; reverse: boolean },
): (left: Row, right: Row) => number {
  const column = columns.find(({ name }) => name === sort.name);
  const orderOf = (row: Row) => column?.order(row) ?? states.indexOf(row.state);
  const sign = sort.reverse ? -1 : 1;
  return (left, right) =>
    sign * compareValues(orderOf(left), orderOf(right)) ||
    left.name.localeCompare(right.name, 'en') ||
    (left.id < right.id ? -1 : 1);
}

const compareValues = (left: number | string, right: number | string): number =>
  typeof left === 'number' && typeof right === 'number' ? left - right : String(left).localeCompare(String(right), 'en');
