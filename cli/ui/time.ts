// Times for people: the clock on the wall of whoever reads, and ages in one unit.

const pad = (value: number) => String(value).padStart(2, '0');

/** `2026-11-20 12:04`, in the zone of this machine. */
export function timeCell(iso: string | null): string {
  if (iso === null) return '-';
  const at = new Date(iso);
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())} ${pad(at.getHours())}:${pad(at.getMinutes())}`;
}

/** `12:04:09`, in the zone of this machine. */
export function clockText(now: number): string {
  const at = new Date(now);
  return `${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}`;
}

const steps = [
  { unit: 'd', ms: 86_400_000 },
  { unit: 'h', ms: 3_600_000 },
  { unit: 'm', ms: 60_000 },
] as const;

/** `4s`, `3m`, `9h`, `12d`. Seconds are kept up to 99, since a minute is where a store starts to look silent. */
export function ageText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  if (seconds < 100) return `${seconds}s`;
  const step = steps.find((candidate) => ms >= candidate.ms) ?? { unit: 'm', ms: 60_000 };
  return `${Math.floor(ms / step.ms)}${step.unit}`;
}

const words: Record<string, string> = { s: 's', m: 'min', h: 'h', d: 'd' };

/** `11 min`, `2 d`: the same inside a sentence. */
export const ageWords = (ms: number): string => ageText(ms).replace(/^(\d+)(\w)$/, (_, count, unit) => `${count} ${words[unit]}`);
