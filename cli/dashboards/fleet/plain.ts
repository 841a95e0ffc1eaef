// The fleet for pipes, screen readers and programs: one line a store, no escape bytes, only what is new when watching.
import type { Clock } from '#schema/values/clock';
import { wait } from '../../ui/clock.ts';
import { majorUnits } from '../../ui/money.ts';
import { ageText } from '../../ui/time.ts';
import { oneLine } from '../../ui/width.ts';
import type { Charset } from './charset.ts';
import type { FleetAnswer } from './feed.ts';
import { rowsOf } from './picture.ts';
import type { Row } from './row.ts';

const spoken = (ms: number): string => ageText(ms).replace(/(\d+)(\w)/, '$1 $2');

/** `store Warung Sari, state ok, queue 14, oldest 2 d, sales 2292000 IDR, age 4 s` */
export function plainText(row: Row, charset: Charset): string {
  const { ageMs } = row;
  return charset.text([...sides(row), `age ${ageMs === null ? '-' : spoken(ageMs)}`].join(', '));
}

/** What a line says apart from the age, which always changes. */
const sides = ({ store, state, oldestMs, answers }: Row): string[] => [
  `store ${oneLine(store.name)}`,
  `state ${state.toLowerCase()}`,
  `queue ${answers ? (store.waiting ?? '?') : '?'}`,
  ...(oldestMs === null ? [] : [`oldest ${spoken(oldestMs)}`]),
  answers ? `sales ${majorUnits({ amount: store.salesToday, currency: store.currency })} ${store.currency}` : 'sales ?',
];

/** What makes a line worth saying again. */
const newsOf = ({ store, state }: Row): string => `${state} ${store.waiting} ${store.salesToday} ${store.exceptions}`;

const rowsNow = (answer: FleetAnswer, clock: Clock): Row[] => {
  const at = clock.now();
  return rowsOf({ snapshot: { stores: answer.items, at, offsetMs: Date.parse(answer.now) - at }, lost: null }, at);
};

export interface PlainOptions {
  ask(): Promise<FleetAnswer>;
  clock: Clock;
  charset: Charset;
  json: boolean;
  print(text: string): void;
}

const documentOf = ({ store, state, ageMs }: Row) => ({ ...store, state: state.toLowerCase(), ageMs });

/** Says it once; whether something is down is the answer's own exit code. */
export async function printFleet({ ask, clock, charset, json, print }: PlainOptions): Promise<{ down: boolean }> {
  const rows = rowsNow(await ask(), clock);
  print(
    json
      ? `${JSON.stringify({ ok: true, result: rows.map(documentOf) }, null, 2)}\n`
      : rows.map((row) => `${plainText(row, charset)}\n`).join(''),
  );
  return { down: rows.some(({ state }) => state === 'DOWN') };
}

const POLL_MS = 2_000;

/** Says all of it, then what changed, until it is interrupted. */
export async function watchFleet({ ask, clock, charset, json, print }: PlainOptions): Promise<never> {
  const told = new Map<string, string>();
  for (;;) {
    for (const row of rowsNow(await ask(), clock)) {
      if (told.get(row.store.id) === newsOf(row)) continue;
      told.set(row.store.id, newsOf(row));
      print(json ? `${JSON.stringify(documentOf(row))}\n` : `${plainText(row, charset)}\n`);
    }
    await wait(clock, POLL_MS);
  }
}
