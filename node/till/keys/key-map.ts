// Every key of the till, in one table: the listener acts by it and the help sheet shows it.
import type { SaleScreen } from '../till-state.ts';
import type { WordKey } from '../words/words.ts';

export type Command =
  | 'help'
  | 'search'
  | 'more'
  | 'less'
  | 'times'
  | 'digit'
  | 'erase'
  | 'remove'
  | 'undo'
  | 'discount'
  | 'hold'
  | 'return'
  | 'print'
  | 'exact'
  | 'pay'
  | 'choose'
  | 'menu'
  | 'up'
  | 'down'
  | 'next'
  | 'back';

export interface KeyRule {
  keys: readonly string[];
  command: Command;
  screens: readonly KeyPlace[];
  ctrl?: true;
  /** One key without Ctrl that types a character: can be switched off, and never acts inside a field. */
  single?: true;
}

/** Where keys act: a step of a sale, a screen beside it, wherever it is asked who somebody is, or a sheet with digits of its own. */
export type KeyPlace = SaleScreen | 'side' | 'proof' | 'discount' | 'menu';

const everywhere: readonly KeyPlace[] = ['sell', 'tender', 'charge', 'cash', 'done', 'side', 'menu'];
const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

export const keyRules: readonly KeyRule[] = [
  { keys: ['F1'], command: 'help', screens: everywhere },
  { keys: ['?'], command: 'help', screens: everywhere, single: true },
  { keys: ['F2'], command: 'search', screens: ['sell'] },
  { keys: ['+'], command: 'more', screens: ['sell', 'cash'], single: true },
  { keys: ['-'], command: 'less', screens: ['sell', 'cash'], single: true },
  { keys: ['*'], command: 'times', screens: ['sell'], single: true },
  { keys: [...digits, ',', '.'], command: 'digit', screens: ['cash', 'charge'] },
  { keys: ['1', '2', '3'], command: 'choose', screens: ['tender'] },
  { keys: digits, command: 'digit', screens: ['sell'], single: true },
  { keys: ['Backspace'], command: 'erase', screens: ['sell', 'cash', 'charge'] },
  { keys: ['Delete'], command: 'remove', screens: ['sell', 'cash'] },
  { keys: ['z', 'Z'], command: 'undo', screens: ['sell', 'cash'], ctrl: true },
  { keys: ['F4'], command: 'hold', screens: ['sell', 'tender', 'charge', 'side'] },
  { keys: ['F6'], command: 'return', screens: ['sell', 'side'] },
  { keys: ['p', 'P'], command: 'print', screens: ['done'], single: true },
  { keys: ['F8'], command: 'exact', screens: ['sell'] },
  { keys: ['F9'], command: 'pay', screens: ['sell', 'cash', 'charge', 'side'] },
  { keys: ['F10'], command: 'menu', screens: everywhere },
  { keys: ['ArrowUp'], command: 'up', screens: ['sell', 'cash'] },
  { keys: ['ArrowDown'], command: 'down', screens: ['sell', 'cash'] },
  { keys: ['F7'], command: 'discount', screens: ['sell', 'discount'] },
  { keys: digits, command: 'digit', screens: ['proof'] },
  { keys: digits, command: 'choose', screens: ['menu'], single: true },
  { keys: [...digits, ',', '.'], command: 'digit', screens: ['discount'] },
  { keys: ['Backspace'], command: 'erase', screens: ['proof', 'discount'] },
  { keys: ['Enter'], command: 'next', screens: ['done', 'proof', 'discount'] },
  { keys: ['Escape'], command: 'back', screens: [...everywhere, 'proof', 'discount'] },
];

/** What the help sheet shows, in the order of a sale. */
export const keyHelp: readonly { keys: readonly string[]; word: WordKey }[] = [
  { keys: ['F1', '?'], word: 'key_help' },
  { keys: ['F2'], word: 'key_search' },
  { keys: ['← ↑ → ↓'], word: 'key_arrows' },
  { keys: ['Enter'], word: 'key_enter' },
  { keys: ['+', '-'], word: 'key_plus' },
  { keys: ['12', '*'], word: 'key_times' },
  { keys: ['Delete'], word: 'key_remove' },
  { keys: ['Ctrl Z'], word: 'key_undo' },
  { keys: ['F4'], word: 'key_hold' },
  { keys: ['F6'], word: 'key_return' },
  { keys: ['F7'], word: 'key_discount' },
  { keys: ['F8'], word: 'key_exact' },
  { keys: ['F9'], word: 'key_pay' },
  { keys: ['↑', '↓'], word: 'key_quick' },
  { keys: ['P'], word: 'key_print' },
  { keys: ['F10'], word: 'key_menu' },
  { keys: ['Esc'], word: 'key_back' },
];

export interface Stroke {
  key: string;
  ctrl: boolean;
  inField: boolean;
}

export interface KeySetting {
  screen: KeyPlace;
  oneKeyShortcuts: boolean;
}

export function commandOf({ key, ctrl, inField }: Stroke, { screen, oneKeyShortcuts }: KeySetting): Command | undefined {
  const rule = keyRules.find((each) => each.keys.includes(key) && each.screens.includes(screen) && (each.ctrl ?? false) === ctrl);
  if (!rule || (rule.single && !oneKeyShortcuts)) return undefined;
  // In a field the keys are the field's, except those that no field uses.
  if (inField && !/^F\d+$/.test(key) && key !== 'Escape') return undefined;
  return rule.command;
}
