// The fleet as a dashboard: every store, its sales and its link.
import type { FleetStore } from '#schema/wire/fleet';
import { majorUnits } from '../../ui/money.ts';
import { ageText, ageWords } from '../../ui/time.ts';
import { oneLine } from '../../ui/width.ts';
import type { Board } from '../board/board.ts';
import type { Charset } from '../board/charset.ts';
import { rowsSeen } from '../board/picture.ts';
import { filterable, filterFields, fleetColumns, salesText } from './columns.ts';
import { detailLines } from './detail.ts';
import { type Row, rowOf, stateOrder } from './row.ts';
import { totalsText } from './totals.ts';

const spoken = (ms: number): string => ageText(ms).replace(/(\d+)(\w)/, '$1 $2');

/** `store Warung Sari, state ok, queue 14, oldest 2 d, sales 2292000 IDR, age 4 s` */
function plain({ store, state, oldestMs, answers, ageMs }: Row): string {
  return [
    `store ${oneLine(store.name)}`,
    `state ${state.toLowerCase()}`,
    `queue ${answers ? (store.waiting ?? '?') : '?'}`,
    ...(oldestMs === null ? [] : [`oldest ${spoken(oldestMs)}`]),
    answers ? `sales ${majorUnits({ amount: store.salesToday, currency: store.currency })} ${store.currency}` : 'sales ?',
    `age ${ageMs === null ? '-' : spoken(ageMs)}`,
  ].join(', ');
}

function news(all: readonly Row[], { symbols }: Charset): string {
  const down = all.filter(({ state }) => state === 'DOWN').sort((left, right) => (left.ageMs ?? 0) - (right.ageMs ?? 0));
  const [newest] = down;
  if (newest) {
    const others = down.length > 1 ? `, and ${down.length - 1} more` : '';
    return `${symbols.DOWN} ${newest.store.name} stopped answering ${ageWords(newest.ageMs ?? 0)} ago${others}`;
  }
  const exceptions = all.reduce((sum, { store }) => sum + store.exceptions, 0);
  if (exceptions > 0) return `! ${exceptions} ${exceptions === 1 ? 'exception waits' : 'exceptions wait'}: lapak exception list`;
  return '';
}

function narrow(row: Row): string {
  const queue = row.store.waiting === null || !row.answers ? '?' : String(row.store.waiting);
  return `${salesText(row)}  queue ${queue}`;
}

export const fleetBoard: Board<FleetStore, Row> = {
  tab: { number: 1, title: 'FLEET' },
  noun: { one: 'store', many: 'stores' },
  command: 'store',
  columns: fleetColumns,
  states: stateOrder,
  fields: filterFields,
  rows: (picture, now) => rowsSeen(picture, now, rowOf),
  filterable,
  detail: detailLines,
  totals: totalsText,
  news,
  narrow,
  help: ({ symbols }) => ({
    states: [
      `${symbols.DOWN} DOWN silent for 10 min   ${symbols.LATE} LATE for 2 min   ${symbols.UNKN} UNKN for 60 s, or we have no link`,
      `${symbols.OK} OK   ${symbols.AWAY} AWAY may be offline   ${symbols.OFF} OFF has no node yet`,
    ],
    filters: ['state=late,down   queue>10   seen>2m   !currency=SEK   "kopi senja"'],
  }),
  plain,
  newsOf: ({ store, state }) => `${state} ${store.waiting} ${store.salesToday} ${store.exceptions}`,
  document: ({ store, state, ageMs }) => ({ ...store, state: state.toLowerCase(), ageMs }),
};
