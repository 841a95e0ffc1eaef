// What happens to a list between the server and the screen: filtered, bounded, sorted, its columns chosen.
import { wrongUse } from '../failure.ts';
import { type Filterable, parseFilter } from './filter.ts';
import type { Column } from './table.ts';

export interface ListWish {
  columns?: string | undefined;
  sort?: string | undefined;
  filter?: string | undefined;
  /** 0 is all of them. */
  limit: number;
}

export interface Listed<Row> {
  rows: Row[];
  columns: Column<Row>[];
  /** Whether the limit cut it short. */
  more: boolean;
}

export async function takeList<Row>(
  source: AsyncIterable<Row> | Iterable<Row>,
  all: readonly Column<Row>[],
  wish: ListWish,
): Promise<Listed<Row>> {
  const columns = chooseColumns(all, wish.columns);
  const order = orderOf(all, wish.sort);
  const matches = filterOf(all, wish.filter);
  const rows: Row[] = [];
  let more = false;
  for await (const row of source) {
    if (!matches(row)) continue;
    more = wish.limit > 0 && rows.length === wish.limit;
    if (more) break;
    rows.push(row);
  }
  return { rows: order ? rows.sort(order) : rows, columns, more };
}

const namesOf = (columns: readonly { name: string }[]) => columns.map(({ name }) => name).join(', ');

function chooseColumns<Row>(all: readonly Column<Row>[], wish: string | undefined): Column<Row>[] {
  if (wish === undefined) return all.filter((column) => !column.extra);
  return wish.split(',').map((name) => columnNamed(all, name.trim(), '--columns'));
}

function columnNamed<Row>(all: readonly Column<Row>[], name: string, flag: string): Column<Row> {
  const column = all.find((candidate) => candidate.name === name.toLowerCase());
  if (column) return column;
  throw wrongUse(`${flag}: there is no column “${name}”.`, `Choose from ${namesOf(all)}.`, 'unknown-column');
}

function orderOf<Row>(all: readonly Column<Row>[], wish: string | undefined) {
  if (wish === undefined) return undefined;
  const descending = wish.startsWith('-');
  const column = columnNamed(all, descending ? wish.slice(1) : wish, '--sort');
  const sign = descending ? -1 : 1;
  return (left: Row, right: Row) => sign * compareValues(column.value(left), column.value(right));
}

function compareValues(left: string | number | boolean | null, right: string | number | boolean | null): number {
  if (left === null || right === null) return Number(left !== null) - Number(right !== null);
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return String(left).localeCompare(String(right), 'en', { numeric: true });
}

function filterOf<Row>(all: readonly Column<Row>[], wish: string | undefined): (row: Row) => boolean {
  if (wish === undefined) return () => true;
  const parsed = parseFilter(
    wish,
    all.map(({ name }) => name),
  );
  if (!parsed.ok)
    throw wrongUse(
      `--filter, character ${parsed.position + 1}: ${parsed.message}.`,
      'Write it like --filter \'state=open total>100000 "kopi susu"\'.',
      'bad-filter',
    );
  return (row) => parsed.matches(filterable(all, row));
}

function filterable<Row>(all: readonly Column<Row>[], row: Row): Filterable {
  return Object.fromEntries(
    all.map((column) => {
      const value = column.value(row);
      return [column.name, typeof value === 'boolean' ? (value ? 'yes' : 'no') : value];
    }),
  );
}
