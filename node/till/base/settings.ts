// What a person chose for this till: kept in this browser, read with care, for it may be from another version or another hand.
import type { LearnedScanner } from '../scanner/learned.ts';

export const themes = ['auto', 'light', 'dark'] as const;
/** Percent of the usual size. */
export const textSizes = [100, 110, 125] as const;

export interface TillSettings {
  theme: (typeof themes)[number];
  textSize: (typeof textSizes)[number];
  sound: boolean;
  /** Never longer than the store says; null for as long as it says. */
  autoLockMinutes: number | null;
  scanner: LearnedScanner | null;
}

export const usualSettings: TillSettings = { theme: 'auto', textSize: 100, sound: true, autoLockMinutes: null, scanner: null };

export function readSettings(text: string | null): TillSettings {
  const kept = parse(text);
  return {
    theme: themes.find((theme) => theme === kept.theme) ?? usualSettings.theme,
    textSize: textSizes.find((size) => size === kept.textSize) ?? usualSettings.textSize,
    sound: kept.sound !== false,
    autoLockMinutes: typeof kept.autoLockMinutes === 'number' && kept.autoLockMinutes >= 1 ? kept.autoLockMinutes : null,
    scanner: isScanner(kept.scanner) ? kept.scanner : null,
  };
}

function parse(text: string | null): Partial<Record<keyof TillSettings, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

const isScanner = (value: unknown): value is LearnedScanner =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as LearnedScanner).prefix === 'string' &&
  typeof (value as LearnedScanner).suffix === 'string' &&
  typeof (value as LearnedScanner).gapMs === 'number' &&
  typeof (value as LearnedScanner).swaps === 'object';

/** After how many minutes this till locks: what a person chose, within what the store allows. */
export function lockMinutes(store: number | null, own: number | null): number | null {
  if (store === null) return own;
  return own === null ? store : Math.min(store, own);
}
