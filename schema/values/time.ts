// Instants are UTC milliseconds; a business date is a string in the store's zone, assigned once and never computed again.

export const isoTime = (at: number): string => new Date(at).toISOString();

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  // Swedish dates are ISO dates, which makes the parts read like the text that we want.
  const formatter = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  formatters.set(timeZone, formatter);
  return formatter;
}

/** `2026-11-20 12:04:09` as a clock on the store's wall shows it. */
export const wallTime = (at: number, timeZone: string): string => formatterOf(timeZone).format(at);

const MINUTE_MS = 60_000;

/** The last date of each zone: days turn, and clocks change, on whole minutes, and a store asks for the same one all day. */
const lastDates = new Map<string, { minute: number; date: string }>();

/** The day that a moment belongs to in the store: the day turns at the cut-over hour, not at midnight. */
export function businessDate(at: number, timeZone: string, cutOverHour: number): string {
  const minute = Math.floor((at - cutOverHour * 3_600_000) / MINUTE_MS);
  const last = lastDates.get(timeZone);
  if (last?.minute === minute) return last.date;
  const date = wallTime(minute * MINUTE_MS, timeZone).slice(0, 10);
  lastDates.set(timeZone, { minute, date });
  return date;
}

const DAY_MS = 86_400_000;

/** The date so many days after this one, or before it. */
export const daysFrom = (date: string, days: number): string => isoTime(Date.parse(date) + days * DAY_MS).slice(0, 10);

export function isTimeZone(text: string): boolean {
  try {
    formatterOf(text);
    return true;
  } catch {
    return false;
  }
}
