// The settings of a store as people write and read them: money in the store's currency, percentages as such, lists by comma.
import { type StoreLanguage, type StoreSettings, storeLanguages } from '#schema/rules/settings';
import type { Currency } from '#schema/values/currency';
import type { ChangeSettings } from '#schema/wire/store';
import { wrongUse } from './failure.ts';
import { nearest } from './nearest.ts';
import { amountCell, readPrice } from './ui/money.ts';

interface Place {
  settings: StoreSettings;
  currency: Currency;
}

interface Setting {
  read(text: string, key: string, place: Place): ChangeSettings;
  show(place: Place): string;
}

const NONE = 'none';

type Named<T> = { [Key in keyof StoreSettings]: StoreSettings[Key] extends T ? Key : never }[keyof StoreSettings];

const wrong = (key: string, text: string, next: string) =>
  wrongUse(`“${text}” cannot be the setting ${key}.`, next, 'bad-setting');

const orNone = <T>(text: string, read: () => T): T | null => (text === NONE ? null : read());

const flag = (name: Named<boolean>): Setting => ({
  read(text, key) {
    if (text !== 'yes' && text !== 'no') throw wrong(key, text, 'Write yes or no.');
    return { [name]: text === 'yes' };
  },
  show: ({ settings }) => (settings[name] ? 'yes' : 'no'),
});

const whole = (name: Named<number | null>, unit: string): Setting => ({
  read: (text, key) => ({
    [name]: orNone(text, () => {
      if (!/^\d{1,9}$/.test(text)) throw wrong(key, text, `Write a whole number of ${unit}.`);
      return Number(text);
    }),
  }),
  show: ({ settings }) => (settings[name] === null ? NONE : `${settings[name]} ${unit}`),
});

const money = (name: Named<number | null>): Setting => ({
  read: (text, key, { currency }) => ({ [name]: orNone(text, () => readPrice(text, currency, key)) }),
  show: ({ settings, currency }) => amountText(settings[name], currency),
});

const words = (name: Named<string | null>): Setting => ({
  // A shell gives no line break easily, and a receipt wants some.
  read: (text) => ({ [name]: orNone(text, () => text.replaceAll('\\n', '\n')) }),
  show: ({ settings }) => settings[name] ?? NONE,
});

const amountText = (amount: number | null, currency: Currency): string =>
  amount === null ? NONE : amountCell({ amount, currency });

const known: Record<string, Setting> = {
  cashStep: money('cashStep'),
  cutOverHour: whole('cutOverHour', 'o’clock'),
  offlineQris: words('offlineQris'),
  qrisStatic: words('qrisStatic'),
  cardTerminal: flag('cardTerminal'),
  tips: flag('tips'),
  'discountLimit.percent': {
    read: (text, key, { settings }) => ({
      discountLimit: { ...settings.discountLimit, percent: orNone(text, () => hundredths(text, key)) },
    }),
    show: ({ settings: { discountLimit } }) => (discountLimit.percent === null ? NONE : `${discountLimit.percent / 100} %`),
  },
  'discountLimit.amount': {
    read: (text, key, { settings, currency }) => ({
      discountLimit: { ...settings.discountLimit, amount: orNone(text, () => readPrice(text, currency, key)) },
    }),
    show: ({ settings: { discountLimit }, currency }) => amountText(discountLimit.amount, currency),
  },
  refundLimit: money('refundLimit'),
  returnDays: whole('returnDays', 'days'),
  requireShift: flag('requireShift'),
  autoLockMinutes: whole('autoLockMinutes', 'minutes'),
  receiptHeader: words('receiptHeader'),
  receiptFooter: words('receiptFooter'),
  languages: {
    read: (text) => ({ languages: text.split(',').map(readLanguage) }),
    show: ({ settings }) => settings.languages.join(','),
  },
  voucherMinutes: whole('voucherMinutes', 'minutes'),
  lowStockAt: whole('lowStockAt', 'units'),
  expiringDays: whole('expiringDays', 'days'),
  awayHours: whole('awayHours', 'hours'),
  labelPatterns: {
    read(text, key) {
      try {
        return { labelPatterns: JSON.parse(text) as StoreSettings['labelPatterns'] };
      } catch {
        throw wrong(key, text, 'Write a list as JSON, like [] for none.');
      }
    },
    show: ({ settings }) => JSON.stringify(settings.labelPatterns),
  },
};

function hundredths(text: string, key: string): number {
  const [, whole = '', part = ''] = /^(\d{1,3})(?:[.,](\d{1,2}))? ?%?$/.exec(text) ?? [];
  if (whole === '') throw wrong(key, text, 'Write a percentage like 10 or 12.5.');
  return Number(whole) * 100 + Number(part.padEnd(2, '0'));
}

function readLanguage(text: string): StoreLanguage {
  const language = storeLanguages.find((one) => one === text.trim());
  if (language) return language;
  throw wrong('languages', text, `Write some of ${storeLanguages.join(', ')}, by comma; the first is the store’s own.`);
}

/** `key=value` as often as it was said; a later one adds to those before it. */
export function readSettings(texts: readonly string[], place: Place): ChangeSettings {
  let change: ChangeSettings = {};
  for (const text of texts) {
    const [, key = '', value] = /^([A-Za-z.]+)=(.*)$/s.exec(text) ?? [];
    if (value === undefined) throw wrongUse(`--set ${text} does not say what becomes what.`, 'Write it like --set tips=yes.');
    const setting = Object.hasOwn(known, key) ? known[key] : undefined;
    if (!setting) {
      const near = nearest(key, Object.keys(known));
      throw wrongUse(
        `There is no setting “${key}”.`,
        near ? `Did you mean ${near}?` : `There are ${Object.keys(known).join(', ')}.`,
        'unknown-setting',
      );
    }
    change = { ...change, ...setting.read(value, key, { ...place, settings: { ...place.settings, ...change } }) };
  }
  return change;
}

export const settingsText = (place: Place): Record<string, string> =>
  Object.fromEntries(Object.entries(known).map(([key, setting]) => [key, setting.show(place)]));
