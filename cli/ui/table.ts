// Lists and records as aligned text: a header in capitals, numbers to the right, two spaces between, nothing drawn around it.
import { oneLine, padEnd, padStart, widthOf } from './width.ts';

/** One column of a list. `text` is for eyes; `value` is for CSV, sorting and filters. */
export interface Column<Row> {
  name: string;
  value(row: Row): string | number | boolean | null;
  text?(row: Row): string;
  align?: 'left' | 'right';
  /** Only shown when asked for with --columns. */
  extra?: boolean;
}

export function cellText<Row>(column: Column<Row>, row: Row): string {
  if (column.text) return oneLine(column.text(row));
  const value = column.value(row);
  return value === null || value === '' ? '-' : oneLine(String(value));
}

const titleOf = (name: string): string => name.replaceAll('-', ' ').toUpperCase();

export function tableText<Row>(columns: readonly Column<Row>[], rows: readonly Row[], dim = (text: string) => text): string {
  const cells = rows.map((row) => columns.map((column) => cellText(column, row)));
  const titles = columns.map((column) => titleOf(column.name));
  const widths = titles.map((title, index) => Math.max(widthOf(title), ...cells.map((row) => widthOf(row[index] ?? ''))));
  const line = (texts: readonly string[]) =>
    texts
      .map((text, index) =>
        columns[index]?.align === 'right' ? padStart(text, widths[index] ?? 0) : padEnd(text, widths[index] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [dim(line(titles)), ...cells.map(line)].map((text) => `${text}\n`).join('');
}

/** One thing, a line for each of its sides. */
export function recordText(fields: readonly (readonly [name: string, text: string])[]): string {
  const width = Math.max(...fields.map(([name]) => widthOf(name)));
  return fields.map(([name, text]) => `${padEnd(name, width)}  ${oneLine(text)}`.trimEnd().concat('\n')).join('');
}
