// Every key stands in all three languages, with the same parts; the texts that the specification fixes are exactly these.
import { describe, expect, test } from 'vitest';
import { moneyText } from '#schema/values/money-text';
import { ageText, currencyName, dayText, type Language, languages, sayIn, type WordKey } from './words.ts';

const keys = Object.keys(languages.en) as WordKey[];
const partsOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

describe.each(Object.keys(languages) as Language[])('words in %s', (language) => {
  test('has every key and no other', () => {
    expect(Object.keys(languages[language]).sort()).toEqual([...keys].sort());
  });

  test.each(keys)('%s has the same parts as English and is not empty', (key) => {
    expect(languages[language][key].trim()).not.toBe('');
    expect(partsOf(languages[language][key])).toEqual(partsOf(languages.en[key]));
  });

  test('no sentence is longer than 90 characters', () => {
    const sentences = keys.flatMap((key) => languages[language][key].split(/(?<=[.?!])\s/));
    expect(sentences.filter((sentence) => sentence.length > 90)).toEqual([]);
  });

  test('the format of money follows the currency, so IDR shows dots in every language', () => {
    const amount = moneyText({ amount: 4_750_000, currency: 'IDR' });
    expect(sayIn(language)('pay', { amount })).toContain('Rp\u00a047.500');
  });
});

test('parts are filled in, unknown ones stay to be seen', () => {
  expect(sayIn('sv')('queue', { n: 3, age: '4 min' })).toBe('3 köp sparade i butiken, väntar på att skickas. Äldsta 4 min.');
  expect(sayIn('en')('save_found')).toBe('It was saved: receipt {no}.');
});

test('ages have one unit', () => {
  expect(ageText(30_000, 'en')).toBe('0 min');
  expect(ageText(12 * 60_000, 'en')).toBe('12 min');
  expect(ageText(5 * 3_600_000, 'en')).toBe('5 hr');
  expect(ageText(60 * 86_400_000, 'en')).toBe('60 days');
});

test('a business day is said in the words of the language', () => {
  expect(dayText('2026-11-20', 'en')).toBe('Fri 20 Nov');
  expect(dayText('2026-11-20', 'sv')).toBe('fre 20 nov.');
  expect(dayText('2026-11-20', 'id')).toBe('Jum, 20 Nov');
});

test('amounts are spoken with the name of the currency', () => {
  expect([currencyName('IDR'), currencyName('JPY')]).toEqual(['rupiah', 'JPY']);
});
