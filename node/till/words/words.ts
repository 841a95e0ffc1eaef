// Every word on the page, in three languages. A text is a key and its parts; no view holds words of its own.
import type { Currency } from '#schema/values/currency';
import { en, type Words } from './en.ts';
import { id } from './id.ts';
import { sv } from './sv.ts';

export type WordKey = keyof typeof en;
export type Parts = Record<string, string | number>;
export type Say = (key: WordKey, parts?: Parts) => string;

export const languages = { id, en, sv } as const satisfies Record<string, Words>;

export type Language = keyof typeof languages;

export const languageNames: Record<Language, string> = { id: 'Bahasa Indonesia', en: 'English', sv: 'Svenska' };

export const isLanguage = (text: string | null | undefined): text is Language => !!text && Object.hasOwn(languages, text);

export const sayIn =
  (language: Language): Say =>
  (key, parts = {}) =>
    languages[language][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(parts[name] ?? whole));

/** `12 min`, `3 tim`, `2 hari`: how old something is, in one unit. */
export function ageText(ageMs: number, language: Language): string {
  const minutes = Math.max(0, Math.floor(ageMs / 60_000));
  const [value, unit] = minutes < 60 ? [minutes, 'minute'] : minutes < 2_880 ? [minutes / 60, 'hour'] : [minutes / 1_440, 'day'];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 0 }).format(
    Math.floor(value),
  );
}

const dayLocales: Record<Language, string> = { id: 'id', en: 'en-GB', sv: 'sv' };

/** `Sat 21 Nov`: a business day, in the words of the language. */
export const dayText = (date: string, language: Language): string =>
  new Intl.DateTimeFormat(dayLocales[language], { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short' }).format(
    Date.parse(date),
  );

const spokenCurrencies: Partial<Record<Currency, string>> = { IDR: 'rupiah', SEK: 'kronor' };

/** What a screen reader says after an amount: `rupiah`. */
export const currencyName = (currency: Currency): string => spokenCurrencies[currency] ?? currency;
