// What a till learned of its own scanner from three known codes: what it puts before and after a code, how quickly it types, and which
// characters the host's keyboard layout turns into others (`-` and `/` on Swedish hosts). Pure.

export interface LearnedScanner {
  prefix: string;
  suffix: string;
  /** The longest mean gap between its keys. */
  gapMs: number;
  /** What arrives → what was meant. */
  swaps: Readonly<Record<string, string>>;
}

/** Between them: every letter that layouts exchange, and signs that stand elsewhere on other keyboards. */
export const knownCodes = ['QA-12/3YZ', 'WM+45.6', 'LX-78$90/'] as const;

export interface Sample {
  text: string;
  /** Between one key and the next, on average. */
  gapMs: number;
}

const FASTEST_ASSUMED_MS = 5;

/** Null where the three do not fit one scanner: something else was scanned, or typed. */
export function learn(samples: readonly Sample[]): LearnedScanner | null {
  const extra = (samples[0]?.text.length ?? 0) - knownCodes[0].length;
  const isEven = samples.every(({ text }, index) => text.length - (knownCodes[index]?.length ?? 0) === extra);
  if (samples.length !== knownCodes.length || extra < 0 || !isEven) return null;
  const found = Array.from({ length: extra + 1 }, (_, before) => readAs(samples, before, extra - before))
    .filter((learned) => learned !== null)
    .sort((left, right) => Object.keys(left.swaps).length - Object.keys(right.swaps).length);
  return found[0] ?? null;
}

function readAs(samples: readonly Sample[], before: number, after: number): LearnedScanner | null {
  const [first] = samples;
  if (!first) return null;
  const prefix = first.text.slice(0, before);
  const suffix = first.text.slice(first.text.length - after);
  const swaps: Record<string, string> = {};
  for (const [index, { text }] of samples.entries()) {
    if (!text.startsWith(prefix) || !text.endsWith(suffix)) return null;
    const meant = knownCodes[index] ?? '';
    for (const [at, character] of [...meant].entries()) {
      const heard = text.charAt(before + at);
      if (swaps[heard] !== undefined && swaps[heard] !== character) return null;
      swaps[heard] = character;
    }
  }
  const gapMs = Math.max(FASTEST_ASSUMED_MS, ...samples.map((sample) => sample.gapMs));
  const changed = Object.fromEntries(Object.entries(swaps).filter(([heard, meant]) => heard !== meant));
  // A scanner that exchanged half of what it reads is something else that was scanned.
  return Object.keys(changed).length > MOST_SWAPS ? null : { prefix, suffix, gapMs, swaps: changed };
}

const MOST_SWAPS = 12;

/** The code as it stands on the goods. What does not carry the scanner's prefix is left as it is. */
export function meantBy(text: string, scanner: LearnedScanner | null): string {
  if (!scanner || !isOf(text, scanner)) return text;
  const code = text.slice(scanner.prefix.length, text.length - scanner.suffix.length);
  return [...code].map((character) => scanner.swaps[character] ?? character).join('');
}

const isOf = (text: string, { prefix, suffix }: LearnedScanner): boolean =>
  text.length > prefix.length + suffix.length && text.startsWith(prefix) && text.endsWith(suffix);
