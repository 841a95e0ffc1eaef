// The columns of the fleet: what each shows, how wide it must be, and in which order they go when the terminal is narrow.

import type { Filterable } from '../../ui/filter.ts';
import { amountCell, majorUnits, moneyCell } from '../../ui/money.ts';
import { ageText } from '../../ui/time.ts';
import type { BoardColumn } from '../board/board.ts';
import type { Row } from './row.ts';
import { sparkline } from './sparkline.ts';

const figure = (row: Row, text: string): string => (row.answers ? text : '?');

export const countText = (count: number): string => (count > 99_999 ? `${Math.round(count / 1_000)}k` : String(count));

const salesOf = ({ store }: Row) => ({ amount: store.salesToday, currency: store.currency });

export const fleetColumns: readonly BoardColumn<Row>[] = [
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

export const salesText = (row: Row): string => figure(row, moneyCell(salesOf(row)));
