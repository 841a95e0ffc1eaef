// The help page of the dashboard: every key, what the states mean, how a filter is written.
import type { Charset } from './charset.ts';
import { type Line, plainLine } from './line.ts';

const keys = [
  'arrows, hjkl   move; left and right move hidden columns into sight',
  'g G, PgUp PgDn ends, pages       enter  open a store      esc  back',
  's S            next sort column, reverse                  space  pin',
  '/ :            filter; command (:store sari, :q)          d  detail',
  'r              ask the server now                         q  quit',
];

const states = (symbols: Charset['symbols']) => [
  `${symbols.DOWN} DOWN silent for 10 min   ${symbols.LATE} LATE for 2 min   ${symbols.UNKN} UNKN for 60 s, or we have no link`,
  `${symbols.OK} OK   ${symbols.AWAY} AWAY may be offline   ${symbols.OFF} OFF has no node yet`,
];

const filters = ['state=late,down   queue>10   seen>2m   !currency=SEK   "kopi senja"'];

export const helpLines = ({ symbols, text }: Charset): Line[] =>
  [...keys, '', ...states(symbols), '', ...filters].map((line) => plainLine(` ${text(line)}`));
