// A dashboard for pipes, screen readers and programs: one line a row, no escape bytes, only what is new when watching.
import type { Clock } from '#schema/values/clock';
import { wait } from '../../ui/clock.ts';
import type { Board, BoardRow } from './board.ts';
import type { Charset } from './charset.ts';
import type { Answer } from './feed.ts';

export interface PlainOptions<Item, Row extends BoardRow> {
  board: Board<Item, Row>;
  ask(): Promise<Answer<Item>>;
  clock: Clock;
  charset: Charset;
  json: boolean;
  print(text: string): void;
}

function rowsNow<Item, Row extends BoardRow>(board: Board<Item, Row>, answer: Answer<Item>, clock: Clock): Row[] {
  const at = clock.now();
  return board.rows({ snapshot: { items: answer.items, at, offsetMs: Date.parse(answer.now) - at }, lost: null }, at);
}

/** Says it once; whether something is down is the answer's own exit code. */
export async function printBoard<Item, Row extends BoardRow>(options: PlainOptions<Item, Row>): Promise<{ down: boolean }> {
  const { board, ask, clock, charset, json, print } = options;
  const rows = rowsNow(board, await ask(), clock);
  print(
    json
      ? `${JSON.stringify({ ok: true, result: rows.map(board.document) }, null, 2)}\n`
      : rows.map((row) => `${charset.text(board.plain(row))}\n`).join(''),
  );
  return { down: rows.some(({ state }) => state === 'DOWN') };
}

const POLL_MS = 2_000;

/** Says all of it, then what changed, until it is interrupted. */
export async function watchBoard<Item, Row extends BoardRow>(options: PlainOptions<Item, Row>): Promise<never> {
  const { board, ask, clock, charset, json, print } = options;
  const told = new Map<string, string>();
  for (;;) {
    for (const row of rowsNow(board, await ask(), clock)) {
      if (told.get(row.id) === board.newsOf(row)) continue;
      told.set(row.id, board.newsOf(row));
      print(json ? `${JSON.stringify(board.document(row))}\n` : `${charset.text(board.plain(row))}\n`);
    }
    await wait(clock, POLL_MS);
  }
}
