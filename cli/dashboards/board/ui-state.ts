// What the person at the dashboard has chosen, and what each key makes of it. Pure: a key and what is on the screen in, the next state out.
import { type Filter, parseFilter } from '../../ui/filter.ts';
import type { Board, BoardRow } from './board.ts';
import type { Key } from './keys.ts';

export interface UiState {
  /** Who owns the keys. */
  mode: 'list' | 'filter' | 'command' | 'help' | 'open';
  /** What is being typed in filter and command mode. */
  typed: string;
  filter: string;
  sort: { name: string; reverse: boolean };
  /** By id, never by place: rows move under it. */
  selected: string | null;
  /** The line of the body that the selection stands on. */
  line: number;
  pinned: readonly string[];
  /** How many of the first columns are moved out of sight. */
  shift: number;
  detail: boolean;
  message: string | null;
}

export const firstState: UiState = {
  mode: 'list',
  typed: '',
  filter: '',
  sort: { name: 'state', reverse: false },
  selected: null,
  line: 0,
  pinned: [],
  shift: 0,
  detail: true,
  message: null,
};

/** What of a board its keys need. */
type Keyed = Pick<Board<never, never>, 'fields' | 'command' | 'tab' | 'noun'> & {
  columns: readonly { name: string; drop: number }[];
};

export interface OnScreen {
  board: Keyed;
  rows: readonly Pick<BoardRow, 'id' | 'name' | 'code'>[];
  /** How many rows the body shows. */
  body: number;
}

export interface Pressed {
  state: UiState;
  effect?: 'quit' | 'refresh';
}

export function press(state: UiState, key: Key, screen: OnScreen): Pressed {
  if (key.name === 'ctrl-c') return { state, effect: 'quit' };
  const calm = { ...state, message: null };
  switch (state.mode) {
    case 'filter':
      return { state: typeFilter(calm, key, screen) };
    case 'command':
      return typeCommand(calm, key, screen);
    case 'help':
    case 'open':
      return pressInLayer(calm, key, screen);
    case 'list':
      return pressInList(calm, key, screen);
  }
}

interface InForce {
  matches: Filter;
  wrong: { position: number; message: string } | null;
  text: string;
}

/** The filter that is in force while one is typed: as typed, or as far as whole terms of it can be read. */
export function filterInForce(text: string, filterFields: readonly string[]): InForce {
  const parsed = parseFilter(text, filterFields);
  if (parsed.ok) return { matches: parsed.matches, wrong: null, text };
  for (let end = text.lastIndexOf(' '); end > 0; end = text.lastIndexOf(' ', end - 1)) {
    const shorter = parseFilter(text.slice(0, end), filterFields);
    if (shorter.ok) return { matches: shorter.matches, wrong: parsed, text: text.slice(0, end) };
  }
  return { matches: () => true, wrong: parsed, text: '' };
}

/** The text in an entry line after one more key; nothing when the key ends it. */
function edited(typed: string, key: Key): string | undefined {
  if (key.name === 'text') return typed + key.text;
  if (key.name === 'backspace') return [...typed].slice(0, -1).join('');
  return key.name === 'enter' || key.name === 'esc' ? undefined : typed;
}

function typeFilter(state: UiState, key: Key, screen: OnScreen): UiState {
  if (key.name === 'tab') return { ...state, typed: completeField(state.typed, screen.board.fields) };
  // The arrows still move, so that a filter can be tried on.
  if (key.name === 'up' || key.name === 'down') return move(state, screen, key.name === 'up' ? -1 : 1);
  const typed = edited(state.typed, key);
  if (typed !== undefined) return { ...state, typed, filter: typed };
  return key.name === 'enter'
    ? { ...state, mode: 'list', filter: filterInForce(state.typed, screen.board.fields).text.trim(), typed: '' }
    : { ...state, mode: 'list', filter: '', typed: '' };
}

function completeField(typed: string, filterFields: readonly string[]): string {
  const [, before = '', word = ''] = /^(.*?)(!?[a-z]*)$/is.exec(typed) ?? [];
  const bare = word.replace('!', '').toLowerCase();
  const field = bare && filterFields.find((name) => name.startsWith(bare));
  return field ? `${before}${word.startsWith('!') ? '!' : ''}${field}=` : typed;
}

function typeCommand(state: UiState, key: Key, screen: OnScreen): Pressed {
  const typed = edited(state.typed, key);
  if (typed !== undefined) return { state: { ...state, typed } };
  const list: UiState = { ...state, mode: 'list', typed: '' };
  return key.name === 'enter' ? runCommand(list, state.typed.trim(), screen) : { state: list };
}

function runCommand(state: UiState, command: string, { rows, board }: OnScreen): Pressed {
  const [verb = '', ...rest] = command.split(/\s+/);
  const own = board.tab.title.toLowerCase();
  if (verb === 'q' || verb === 'quit') return { state, effect: 'quit' };
  if (verb === own || verb === '') return { state };
  if (verb !== board.command)
    return { state: { ...state, message: `There is no command :${verb}. There are :${board.command} NAME, :${own} and :q.` } };
  const { matches } = filterInForce(`"${rest.join(' ').replaceAll('"', '')}"`, board.fields);
  const found = rows.find(({ name, code }) => matches({ name, code }));
  return {
    state: found
      ? { ...state, selected: found.id }
      : { ...state, message: `No ${board.noun.one} here is called ${rest.join(' ')}.` },
  };
}

function pressInLayer(state: UiState, key: Key, screen: OnScreen): Pressed {
  const closes = key.name === 'esc' || key.name === 'enter' || (key.name === 'text' && key.text === '?' && state.mode === 'help');
  if (closes) return { state: { ...state, mode: 'list' } };
  return pressInList(state, key, screen);
}

function pressInList(state: UiState, key: Key, screen: OnScreen): Pressed {
  const page = Math.max(1, screen.body - 1);
  const far = screen.rows.length;
  switch (key.name) {
    case 'up':
      return { state: move(state, screen, -1) };
    case 'down':
      return { state: move(state, screen, 1) };
    case 'page-up':
      return { state: move(state, screen, -page) };
    case 'page-down':
      return { state: move(state, screen, page) };
    case 'home':
      return { state: move(state, screen, -far) };
    case 'end':
      return { state: move(state, screen, far) };
    case 'left':
    case 'right':
      return { state: shiftColumns(state, screen, key.name === 'right' ? 1 : -1) };
    case 'enter':
      return { state: { ...state, mode: 'open' } };
    case 'esc':
      return { state: { ...state, filter: '' } };
    case 'text':
      return pressLetter(state, key.text, screen);
    default:
      return { state };
  }
}

type Letter = (state: UiState, screen: OnScreen) => Pressed;

const letters: ReadonlyMap<string, Letter> = new Map<string, Letter>([
  ['j', (state, screen) => ({ state: move(state, screen, 1) })],
  ['k', (state, screen) => ({ state: move(state, screen, -1) })],
  ['h', (state, screen) => ({ state: shiftColumns(state, screen, -1) })],
  ['l', (state, screen) => ({ state: shiftColumns(state, screen, 1) })],
  ['g', (state, screen) => ({ state: move(state, screen, -screen.rows.length) })],
  ['G', (state, screen) => ({ state: move(state, screen, screen.rows.length) })],
  ['s', (state, screen) => ({ state: { ...state, sort: { name: nextSort(state.sort.name, screen), reverse: false } } })],
  ['S', (state) => ({ state: { ...state, sort: { ...state.sort, reverse: !state.sort.reverse } } })],
  [' ', (state) => ({ state: togglePin(state) })],
  ['d', (state) => ({ state: { ...state, detail: !state.detail } })],
  ['a', (state) => ({ state: { ...state, message: 'Read-only: this dashboard watches, it changes nothing.' } })],
  ['r', (state) => ({ state, effect: 'refresh' })],
  ['?', (state) => ({ state: { ...state, mode: 'help' } })],
  ['/', (state) => ({ state: { ...state, mode: 'filter', typed: state.filter } })],
  [':', (state) => ({ state: { ...state, mode: 'command', typed: '' } })],
  ['q', (state) => ({ state, effect: 'quit' })],
]);

const pressLetter = (state: UiState, letter: string, screen: OnScreen): Pressed =>
  letters.get(letter)?.(state, screen) ?? { state };

function nextSort(name: string, { board }: OnScreen): string {
  const names = ['state', ...board.columns.map((column) => column.name)];
  return names[(names.indexOf(name) + 1) % names.length] ?? 'state';
}

const shiftColumns = (state: UiState, { board }: OnScreen, by: number): UiState => ({
  ...state,
  shift: Math.min(board.columns.filter(({ drop }) => drop > 0).length, Math.max(0, state.shift + by)),
});

function togglePin(state: UiState): UiState {
  if (state.selected === null) return state;
  const { selected } = state;
  const pinned = state.pinned.includes(selected) ? state.pinned.filter((id) => id !== selected) : [...state.pinned, selected];
  return { ...state, pinned };
}

function move(state: UiState, screen: OnScreen, by: number): UiState {
  const { index, top } = placeSelection(state, screen);
  const next = Math.min(screen.rows.length - 1, Math.max(0, index + by));
  const selected = screen.rows[next]?.id ?? null;
  return { ...state, selected, line: Math.min(Math.max(0, next - top), Math.max(0, screen.body - 1)) };
}

/** Where the selection is now and which row the body begins with: the selected row keeps its line while rows move around it. */
export function placeSelection(
  state: Pick<UiState, 'selected' | 'line'>,
  { rows, body }: Pick<OnScreen, 'rows' | 'body'>,
): { index: number; top: number } {
  const found = rows.findIndex(({ id }) => id === state.selected);
  // One that the filter hides gives its line to the one that stands there now.
  const index = found >= 0 ? found : Math.min(Math.max(0, state.line), Math.max(0, rows.length - 1));
  const top = Math.min(Math.max(0, index - state.line), Math.max(0, rows.length - body));
  return { index, top: Math.max(0, Math.min(top, index), index - body + 1) };
}

/** From the first answer on something is selected, so that it stays selected when the rows move. */
export function withSelection(state: UiState, screen: OnScreen): UiState {
  if (state.selected !== null) return state;
  const first = screen.rows[placeSelection(state, screen).index];
  return first ? { ...state, selected: first.id } : state;
}
