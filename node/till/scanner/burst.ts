// Tells a barcode scanner from a person by the times of its keys alone. Pure: strokes with timestamps in, scans out.
//
//   quiet ── key ──► run ── key within 80 ms ──► run          run is a burst: at least 4 keys, 35 ms apart on average
//                     │── key after more ──► a new run
//                     │── Enter, Tab or 120 ms of silence, and it is a burst ──► scan
//                     └── Enter or Tab, and it is not ──► quiet

export const MIN_KEYS = 4;
export const MEAN_GAP_MS = 35;
export const MAX_GAP_MS = 80;
export const SILENCE_MS = 120;
/** Scanners end with one Enter or two, some after their silence. */
export const SWALLOW_MS = 100;
export const REPEAT_MS = 150;

/** What tells this till's scanner from a person; learned ones may be slower, or known by what they put before each code. */
export interface Tempo {
  meanGapMs: number;
  maxGapMs: number;
  /** A run that begins so is a scan at any tempo. */
  prefix: string | null;
}

export const usualTempo: Tempo = { meanGapMs: MEAN_GAP_MS, maxGapMs: MAX_GAP_MS, prefix: null };

/** Still quicker than a person, who takes a hundred. */
const SLOWEST_MEAN_MS = 60;
const SLOWEST_GAP_MS = 100;
/** Within what a scanner still goes on whose prefix was seen. */
const PREFIXED_GAP_MS = 500;

/** Letters and digits before a code say nothing: people begin words with them. */
export const tempoOf = (scanner: { gapMs: number; prefix: string } | null): Tempo =>
  scanner === null
    ? usualTempo
    : {
        meanGapMs: Math.min(Math.max(MEAN_GAP_MS, scanner.gapMs * 1.5), SLOWEST_MEAN_MS),
        maxGapMs: Math.min(Math.max(MAX_GAP_MS, scanner.gapMs * 3), SLOWEST_GAP_MS),
        prefix: /[^\p{L}\p{N}\s]/u.test(scanner.prefix) ? scanner.prefix : null,
      };

export interface Run {
  text: string;
  firstAt: number;
  lastAt: number;
}

export interface Listening {
  run: Run | null;
  lastScan: { code: string; at: number } | null;
  swallowUntil: number;
}

export interface Heard {
  next: Listening;
  /** A code was read. */
  scan?: string;
  /** A burst ended, also one whose code was dropped as a repeat: what it typed must be taken back. */
  ended?: true;
  /** This key belongs to the scanner and must reach nothing else. */
  swallow?: true;
  /** A run begins with this key: remember what stands on the screen, to restore it if the run is a burst. */
  begins?: true;
}

export const listening: Listening = { run: null, lastScan: null, swallowUntil: Number.NEGATIVE_INFINITY };

/** Held while a capital or a special character is typed; they say nothing about who types. */
const silentKeys = new Set(['Shift', 'CapsLock', 'AltGraph']);

const isPrefixed = ({ text }: Run, { prefix }: Tempo): boolean => prefix !== null && text.startsWith(prefix);

const isBurst = (run: Run, tempo: Tempo): boolean =>
  run.text.length >= MIN_KEYS &&
  ((run.lastAt - run.firstAt) / (run.text.length - 1) <= tempo.meanGapMs || isPrefixed(run, tempo));

export function hearKey(state: Listening, { key, at }: { key: string; at: number }, tempo = usualTempo): Heard {
  if (silentKeys.has(key)) return { next: state };
  const { run } = state;
  if ([...key].length === 1) {
    const goesOn = run !== null && at - run.lastAt <= (isPrefixed(run, tempo) ? PREFIXED_GAP_MS : tempo.maxGapMs);
    if (goesOn) return { next: { ...state, run: { text: run.text + key, firstAt: run.firstAt, lastAt: at } } };
    return { next: { ...state, run: { text: key, firstAt: at, lastAt: at } }, begins: true };
  }
  if (key !== 'Enter' && key !== 'Tab') return { next: { ...state, run: null } };
  const isInTime = run !== null && at - run.lastAt <= (isPrefixed(run, tempo) ? PREFIXED_GAP_MS : SILENCE_MS);
  if (run !== null && isInTime && isBurst(run, tempo)) return { ...endOfBurst(state, run, at), swallow: true };
  const next = { ...state, run: null };
  return key === 'Enter' && at <= state.swallowUntil ? { next, swallow: true } : { next };
}

/** No key came for a while: what was typed was a burst without an ending key, or a person. */
export function hearSilence(state: Listening, at: number, tempo = usualTempo): Heard {
  const { run } = state;
  if (run === null || at - run.lastAt < SILENCE_MS) return { next: state };
  // Else it goes on: one that is known by its prefix until its ending key, and a few keys that a busy machine held up are told by the
  // time of the next, which may be on its way.
  return isBurst(run, { ...tempo, prefix: null }) ? endOfBurst(state, run, at) : { next: state };
}

function endOfBurst(state: Listening, { text, lastAt }: Run, at: number): Heard {
  const isRepeat = state.lastScan?.code === text && lastAt - state.lastScan.at < REPEAT_MS;
  const next = { run: null, lastScan: { code: text, at: lastAt }, swallowUntil: at + SWALLOW_MS };
  return isRepeat ? { next, ended: true } : { next, ended: true, scan: text };
}
