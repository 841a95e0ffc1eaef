// What a terminal sends, as keys: one chunk may hold several, one key may come in two chunks, and reports are no keys at all.

export type Key =
  | {
      name:
        | 'up'
        | 'down'
        | 'left'
        | 'right'
        | 'page-up'
        | 'page-down'
        | 'home'
        | 'end'
        | 'enter'
        | 'esc'
        | 'tab'
        | 'backspace'
        | 'ctrl-c';
    }
  | { name: 'text'; text: string };

const sequences: Record<string, Exclude<Key, { name: 'text' }>['name']> = {
  '[A': 'up',
  '[B': 'down',
  '[C': 'right',
  '[D': 'left',
  OA: 'up',
  OB: 'down',
  OC: 'right',
  OD: 'left',
  '[H': 'home',
  '[F': 'end',
  '[1~': 'home',
  '[4~': 'end',
  '[5~': 'page-up',
  '[6~': 'page-down',
};

const single: Record<string, Exclude<Key, { name: 'text' }>['name']> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\u007f': 'backspace',
  '\b': 'backspace',
  '\u0003': 'ctrl-c',
};

// Control sequences: ESC [ parameters letter, and ESC O letter. Whatever else they report (focus, cursor) is read and dropped.
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what begins a sequence.
const whole = /^\u001b(\[[0-?]*[ -/]*[@-~]|O[A-Za-z])/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above.
const begun = /^\u001b(\[[0-?]*[ -/]*|O)?$/;

export interface ReadKeys {
  keys: Key[];
  /** The beginning of a sequence whose rest has not come yet. */
  rest: string;
}

export function readKeys(input: string): ReadKeys {
  const keys: Key[] = [];
  let at = 0;
  while (at < input.length) {
    const left = input.slice(at);
    if (left.startsWith('\u001b')) {
      if (begun.test(left)) return { keys, rest: left };
      const [sequence, body = ''] = whole.exec(left) ?? ['\u001b'];
      const name = body ? sequences[body] : 'esc';
      if (name) keys.push({ name });
      at += sequence.length;
      continue;
    }
    const character = String.fromCodePoint(left.codePointAt(0) ?? 0);
    const name = single[character];
    if (name) keys.push({ name });
    else if (!/\p{Cc}/u.test(character)) keys.push({ name: 'text', text: character });
    at += character.length;
  }
  return { keys, rest: '' };
}

/** What a lone beginning means when nothing followed it: somebody pressed Escape. */
export const restAsKeys = (rest: string): Key[] => (rest === '\u001b' ? [{ name: 'esc' }] : []);
