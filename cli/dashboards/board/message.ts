// The words around the list: who may do what and how old it is, what is shown, the one message line, the keys.
import { ageText, clockText } from '../../ui/time.ts';
import type { Board, BoardRow } from './board.ts';
import type { Charset } from './charset.ts';
import { type Line, plainLine } from './line.ts';
import type { LostLink, Picture } from './picture.ts';
import { filterInForce, type UiState } from './ui-state.ts';

interface Stamped {
  picture: Picture<unknown>;
  now: number;
  terminal: { columns: number };
}

/** Read-only, how old what is shown is, and the time. */
export function stampText({ picture: { snapshot }, now, terminal }: Stamped): string {
  const age = snapshot ? ageText(now - snapshot.at) : '-';
  return `RO ${terminal.columns >= 140 ? 'age ' : ''}${age} ${clockText(now)}`;
}

interface Context {
  state: UiState;
  scope: string;
  shown: number;
  all: number;
  charset: Charset;
}

export function contextText({ state, scope, shown, all, charset }: Context): string {
  const sort = `sort ${state.sort.name}${state.sort.reverse ? ' reversed' : ''}`;
  const pinned = state.pinned.length > 0 ? `   pinned ${state.pinned.length}` : '';
  return charset.text(` scope ${scope}   filter ${state.filter || '(none)'}   ${sort}   ${shown} of ${all}${pinned}`);
}

interface Messaged<Row extends BoardRow> extends Stamped {
  board: Pick<Board<never, Row>, 'news' | 'fields'>;
  state: UiState;
  all: readonly Row[];
  charset: Charset;
}

/** One thing at a time: what is being typed, then a lost link, then an answer to a key, then what went wrong last. */
export function messageLine<Row extends BoardRow>({ board, picture, state, now, all, charset }: Messaged<Row>): Line {
  const say = (text: string) => plainLine(` ${charset.text(text)}`);
  if (state.mode === 'filter') return say(`/${state.typed}_${wrongText(state.typed, board.fields)}`);
  if (state.mode === 'command') return say(`:${state.typed}_`);
  if (picture.lost) return say(lostText(picture.lost, picture, now));
  if (state.message) return say(state.message);
  if (!picture.snapshot) return say('Waiting for the first answer.');
  return say(board.news(all, charset));
}

function wrongText(typed: string, fields: readonly string[]): string {
  const { wrong } = filterInForce(typed, fields);
  return wrong ? `   character ${wrong.position + 1}: ${wrong.message}` : '';
}

function lostText({ tries, nextAt, why }: LostLink, { snapshot }: Picture<unknown>, now: number): string {
  const next = nextAt > now ? `next in ${Math.ceil((nextAt - now) / 1_000)} s` : 'trying now';
  const showing = snapshot ? `Showing ${clockText(snapshot.at)}.` : 'Nothing to show yet.';
  return `${why ?? 'Reconnecting,'} try ${tries}, ${next}. ${showing}`;
}

/** As many keys as there is room for; the way out is in each. */
const hints = [
  '? help  / filter  : go  s sort  space pin  enter open  d detail on/off  r refresh  a actions (read-only)  esc back  q quit',
  '? help  / filter  : go  s sort  space pin  enter open  r refresh  q quit',
  '? help  / filter  s sort  enter open  q quit',
  '? help  / filter  s sort  q quit',
];

export function hintText(
  { mode }: UiState,
  { tab, noun, command }: Pick<Board<never, never>, 'tab' | 'noun' | 'command'>,
  columns: number,
): string {
  if (mode === 'filter') return 'enter keep  esc clear  tab complete a field';
  if (mode === 'command') return `:${command} NAME  :${tab.title.toLowerCase()}  :q   enter do  esc leave`;
  if (mode === 'help') return 'esc back  q quit';
  if (mode === 'open') return `esc back  arrows other ${noun.many}  q quit`;
  return hints.find((text) => text.length <= columns - 2) ?? 'q quit';
}
