// The columns of the fleet: what each shows, how wide it must be, and in which order they go when the terminal is narrow.

import type { Filterable } from '../../ui/filter.ts';
import { amountCell, majorUnits, moneyCell } from '../../ui/money.ts';
import { ageText } from '../../ui/time.ts';
import { toWidth, widthOf } from '../../ui/width.ts';
import type { Charset } from './charset.ts';
import { type Row, stateOrder } from './row.ts';
import { sparkline } from './sparkline.ts';

export interface FleetColumn {
  name: string;
  title: string;
  align: 'left' | 'right';
  min: number;
  max: number;
  /** The higher, the sooner it goes; 0 never goes. */
  drop: number;
  /** The terminal from which it is worth its room. */
  from?: number;
  text(row: Row, charset: Charset, width: number): string;
  /** What it is sorted by. */
  order(row: Row): number | string;
}

const figure = (row: Row, text: string): string => (row.answers ? text : '?');

export const countText = (count: number): string => (count > 99_999 ? `${Math.round(count / 1_000)}k` : String(count));

const salesOf = ({ store }: Row) => ({ amount: store.salesToday, currency: store.currency });

export const fleetColumns: readonly FleetColumn[] = [
  {
    name: 'store',
    title: 'STORE',
    align: 'left',
    min: 17,
    max: 24,
    drop: 0,
    text: ({ store }, charset) => charset.text(store.name),
    order: ({ store }) => store.name,
  },
  {
    name: 'town',
    title: 'TOWN',
    align: 'left',
    min: 10,
    max: 14,
    drop: 6,
    from: 100,
    text: ({ store }, charset) => (store.town === null ? '-' : charset.text(store.town)),
    order: ({ store }) => store.town ?? '',
  },
  {
    name: 'sales',
    title: 'SALES TODAY',
    align: 'right',
    min: 13,
    max: 16,
    drop: 0,
    text: (row) => figure(row, amountCell(salesOf(row))),
    order: (row) => -majorUnits(salesOf(row)),
  },
  {
    name: 'queue',
    title: 'QUEUE',
    align: 'right',
    min: 6,
    max: 6,
    drop: 2,
    text: (row) => (row.store.waiting === null ? '?' : figure(row, countText(row.store.waiting))),
    order: ({ store }) => -(store.waiting ?? -1),
  },
  {
    name: 'oldest',
    title: 'OLDEST',
    align: 'right',
    min: 6,
    max: 6,
    drop: 4,
    text: (row) => figure(row, row.oldestMs === null ? '-' : ageText(row.oldestMs)),
    order: (row) => -(row.oldestMs ?? -1),
  },
  {
    name: 'devices',
    title: 'DEV OK',
    align: 'right',
    min: 6,
    max: 7,
    drop: 3,
    text: (row) => figure(row, row.store.devices ? `${row.store.devices.online}/${row.store.devices.total}` : '-'),
    order: ({ store }) => (store.devices ? store.devices.online - store.devices.total : 1),
  },
  {
    name: 'seen',
    title: 'AGE',
    align: 'right',
    min: 5,
    max: 5,
    drop: 1,
    text: (row) => (row.ageMs === null ? '-' : ageText(row.ageMs)),
    order: (row) => -(row.ageMs ?? Number.MAX_SAFE_INTEGER),
  },
  {
    name: 'version',
    title: 'VERSION',
    align: 'left',
    min: 8,
    max: 8,
    drop: 7,
    from: 120,
    text: ({ store }) => store.version ?? '-',
    order: ({ store }) => store.version ?? '',
  },
  {
    name: 'hours',
    title: '24 H',
    align: 'left',
    min: 8,
    max: 24,
    drop: 8,
    text: ({ store, answers }, charset, width) => (answers ? sparkline(store.hours, width, charset.marks) : ''),
    order: ({ store }) => -store.hours.reduce((sum, value) => sum + value, 0),
  },
];

/** Symbol and word, with the two places for cursor and pin before them. */
export const HEAD_WIDTH = 9;

export interface Placed {
  column: FleetColumn;
  width: number;
}

export interface Placing {
  rows: readonly Row[];
  charset: Charset;
  shift?: number;
}

/** The columns that fit, and their widths. `shift` leaves out as many of the first, so that later ones come into sight. */
export function placeColumns(width: number, { rows, charset, shift = 0 }: Placing): Placed[] {
  const least = leastWidths(rows, charset);
  const minOf = (column: FleetColumn) => least.get(column) ?? column.min;
  const movable = fleetColumns.filter(({ drop }) => drop > 0);
  const away = new Set(movable.slice(0, Math.min(shift, movable.length)));
  let kept = fleetColumns.filter((column) => !away.has(column) && width >= (column.from ?? 0));
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
function leastWidths(rows: readonly Row[], charset: Charset): Map<FleetColumn, number> {
  const figures = fleetColumns.filter(({ align }) => align === 'right');
  return new Map(
    figures.map((column) => [column, Math.max(column.min, ...rows.map((row) => widthOf(column.text(row, charset, column.min))))]),
  );
}

export const cellText = ({ column, width }: Placed, row: Row, charset: Charset): string =>
  toWidth(column.text(row, charset, width), width, column.align);

export const filterFields = [
  'state',
  'store',
  'code',
  'town',
  'sales',
  'currency',
  'queue',
  'oldest',
  'seen',
  'version',
  'exceptions',
  'missing',
] as const;

export function filterable({ store, state, ageMs, oldestMs }: Row): Filterable {
  return {
    state,
    store: store.name,
    code: store.code,
    town: store.town,
    sales: majorUnits({ amount: store.salesToday, currency: store.currency }),
    currency: store.currency,
    queue: store.waiting,
    oldest: oldestMs,
    seen: ageMs,
    version: store.version,
    exceptions: store.exceptions,
    missing: store.devices ? store.devices.total - store.devices.online : null,
  };
}

export const sortNames: readonly string[] = ['state', ...fleetColumns.map(({ name }) => name)];

export function compareRows(sort: { name: string; reverse: boolean }): (left: Row, right: Row) => number {
  const column = fleetColumns.find(({ name }) => name === sort.name);
  const orderOf = (row: Row) => column?.order(row) ?? stateOrder.indexOf(row.state);
  const sign = sort.reverse ? -1 : 1;
  return (left, right) =>
    sign * compareValues(orderOf(left), orderOf(right)) ||
    left.store.name.localeCompare(right.store.name, 'en') ||
    (left.store.id < right.store.id ? -1 : 1);
}

const compareValues = (left: number | string, right: number | string): number =>
  typeof left === 'number' && typeof right === 'number' ? left - right : String(left).localeCompare(String(right), 'en');

export const salesText = (row: Row): string => figure(row, moneyCell(salesOf(row)));
