// Which key does what, where.
import { describe, expect, test } from 'vitest';
import type { SaleScreen } from '../till-state.ts';
import { type Command, commandOf } from './key-map.ts';

const press = (key: string, screen: SaleScreen, more: { ctrl?: boolean; inField?: boolean; off?: boolean } = {}) =>
  commandOf({ key, ctrl: more.ctrl ?? false, inField: more.inField ?? false }, { screen, oneKeyShortcuts: !more.off });

describe('keys', () => {
  test.each<[string, SaleScreen, Command | undefined]>([
    ['F9', 'sell', 'pay'],
    ['F9', 'cash', 'pay'],
    ['F9', 'done', undefined],
    ['F8', 'sell', 'exact'],
    ['F8', 'cash', undefined],
    ['5', 'sell', 'digit'],
    ['5', 'cash', 'digit'],
    ['5', 'done', undefined],
    [',', 'cash', 'digit'],
    [',', 'sell', undefined],
    ['ArrowUp', 'cash', 'up'],
    ['Escape', 'done', 'back'],
    ['Enter', 'cash', undefined],
    ['Enter', 'done', 'next'],
  ])('%s on %s is %s', (key, screen, command) => {
    expect(press(key, screen)).toBe(command);
  });

  test('undo wants Ctrl, and a field keeps its own', () => {
    expect(press('z', 'sell', { ctrl: true })).toBe('undo');
    expect(press('z', 'sell')).toBeUndefined();
    expect(press('z', 'sell', { ctrl: true, inField: true })).toBeUndefined();
  });

  test('inside a field only function keys and Escape act', () => {
    expect(['F9', 'Escape', '+', '5', '?', 'Delete'].map((key) => press(key, 'sell', { inField: true }))).toEqual([
      'pay',
      'back',
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('one-key shortcuts can be switched off; the amount given can still be typed', () => {
    expect(['+', '*', '?', '5'].map((key) => press(key, 'sell', { off: true }))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(press('5', 'cash', { off: true })).toBe('digit');
    expect(press('F1', 'sell', { off: true })).toBe('help');
  });
});
