// The help page of the dashboard: every key, what the states mean, how a filter is written.
import type { Board, BoardRow } from './board.ts';
import type { Charset } from './charset.ts';
import { type Line, plainLine } from './line.ts';

const keysOf = ({ noun, command }: Pick<Board<never, never>, 'noun' | 'command'>): string[] => [
  'arrows, hjkl   move; left and right move hidden columns into sight',
  `g G, PgUp PgDn ends, pages       enter  open a ${noun.one.padEnd(9)} esc  back`,
  's S            next sort column, reverse                  space  pin',
  `${`/ :            filter; command (:${command} NAME, :q)`.padEnd(58)}d  detail`,
  'r              ask the server now                         q  quit',
];

export function helpLines<Row extends BoardRow>(
  board: Pick<Board<never, Row>, 'help' | 'noun' | 'command'>,
  charset: Charset,
): Line[] {
  const { states, filters } = board.help(charset);
  return [...keysOf(board), '', ...states, '', ...filters].map((line) => plainLine(` ${charset.text(line)}`));
}
