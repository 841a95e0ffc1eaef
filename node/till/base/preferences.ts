// What belongs to this browser: its token as a till, who is signed in, its language, its shortcuts. A browser that keeps nothing still sells.

import { isLanguage, type Language } from '../words/words.ts';
import { readSettings, type TillSettings } from './settings.ts';

export interface Preferences {
  token(): string | null;
  keepToken(token: string | null): void;
  staffToken(): string | null;
  keepStaffToken(token: string | null): void;
  language(): Language | null;
  keepLanguage(language: Language): void;
  oneKeyShortcuts(): boolean;
  keepOneKeyShortcuts(on: boolean): void;
  settings(): TillSettings;
  keepSettings(settings: TillSettings): void;
}

export function browserPreferences(storage: () => Storage): Preferences {
  const memory = new Map<string, string>();
  const read = (name: string): string | null => {
    try {
      return storage().getItem(name) ?? memory.get(name) ?? null;
    } catch {
      return memory.get(name) ?? null;
    }
  };
  const keep = (name: string, value: string | null) => {
    if (value === null) memory.delete(name);
    else memory.set(name, value);
    try {
      if (value === null) storage().removeItem(name);
      else storage().setItem(name, value);
    } catch {
      // A private window may refuse to keep; the value lives as long as the page.
    }
  };
  return {
    token: () => read('lapak.token'),
    keepToken: (token) => keep('lapak.token', token),
    staffToken: () => read('lapak.staff'),
    keepStaffToken: (token) => keep('lapak.staff', token),
    language() {
      const kept = read('lapak.language');
      return isLanguage(kept) ? kept : null;
    },
    keepLanguage: (language) => keep('lapak.language', language),
    oneKeyShortcuts: () => read('lapak.shortcuts') !== 'off',
    keepOneKeyShortcuts: (on) => keep('lapak.shortcuts', on ? 'on' : 'off'),
    settings: () => readSettings(read('lapak.settings')),
    keepSettings: (settings) => keep('lapak.settings', JSON.stringify(settings)),
  };
}
