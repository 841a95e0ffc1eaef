// A scanner is learned from three known codes, whatever it puts around them and whatever the host's keyboard makes of them.
import { describe, expect, test } from 'vitest';
import { knownCodes, learn, meantBy } from './learned.ts';

/** What a scanner of the United States types at a host with a Swedish keyboard. */
const swedish: Record<string, string> = { '-': '+', '/': '-', '+': '´', $: '¤' };
const atSwedish = (code: string) => [...code].map((character) => swedish[character] ?? character).join('');

const samples = (as: (code: string) => string, gapMs = 8) => knownCodes.map((code) => ({ text: as(code), gapMs }));

describe('learning a scanner', () => {
  test('one that types the code alone has nothing to take off', () => {
    expect(learn(samples((code) => code))).toEqual({ prefix: '', suffix: '', gapMs: 8, swaps: {} });
  });

  test('what it puts before and after is taken off', () => {
    const learned = learn(samples((code) => `~A${code}#`));
    expect(learned).toMatchObject({ prefix: '~A', suffix: '#', swaps: {} });
    expect(meantBy('~A8991234567892#', learned)).toBe('8991234567892');
    expect(meantBy('8991234567892', learned)).toBe('8991234567892');
    expect(meantBy('~A#', learned)).toBe('~A#');
  });

  test('characters that the layout exchanges are put right, also both ways round', () => {
    const learned = learn(samples((code) => `]${atSwedish(code)}`, 22));
    expect(learned).toEqual({ prefix: ']', suffix: '', gapMs: 22, swaps: { '+': '-', '-': '/', '´': '+', '¤': '$' } });
    expect(meantBy(`]${atSwedish('T1A-000042/7')}`, learned)).toBe('T1A-000042/7');
  });

  test('letters in the other case are put right', () => {
    const learned = learn(samples((code) => code.toLowerCase()));
    expect(learned && meantBy('wm+45.6', learned)).toBe('WM+45.6');
  });

  test.each([
    ['two codes', samples((code) => code).slice(1)],
    ['the same code three times', knownCodes.map(() => ({ text: knownCodes[0], gapMs: 8 }))],
    ['goods instead', knownCodes.map((code) => ({ text: '8991234567892'.slice(0, code.length), gapMs: 8 }))],
    ['codes in another order', [...samples((code) => code)].reverse()],
    ['something longer once', samples((code) => code).map((it, index) => (index === 1 ? { ...it, text: `${it.text}0` } : it))],
  ])('%s teach nothing', (_, given) => {
    expect(learn(given)).toBeNull();
  });
});
