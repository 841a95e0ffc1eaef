// Whether the programs that talk to each other speak the same wire: the centre, the store node of this machine, and this command.
import type { Finding } from './checks.ts';

export interface Speaker {
  who: string;
  version: string;
  wireVersion: number;
}

interface Asking {
  who: string;
  baseUrl: string;
  fetch: typeof fetch;
  timeoutMs: number;
}

/** Nobody, when it does not answer or is too old to say: that it does not answer is told elsewhere. */
export async function askSpeaker({ who, baseUrl, fetch, timeoutMs }: Asking): Promise<Speaker[]> {
  try {
    const answer = await fetch(new URL('/healthz', baseUrl), { signal: AbortSignal.timeout(timeoutMs) });
    const { version, wireVersion } = (await answer.json()) as Partial<Speaker>;
    return typeof version === 'string' && typeof wireVersion === 'number' ? [{ who, version, wireVersion }] : [];
  } catch {
    return [];
  }
}

export function checkVersions(speakers: readonly Speaker[]): Finding {
  const check = 'Versions';
  const [first] = speakers;
  if (!first || speakers.length === 1) return { check, state: 'off', detail: 'nothing answers to compare with', next: null };
  const newest = speakers.reduce((best, speaker) => (speaker.wireVersion > best.wireVersion ? speaker : best), first);
  const behind = speakers.filter(({ wireVersion }) => wireVersion < newest.wireVersion);
  if (behind.length === 0) {
    const detail = `all speak wire version ${newest.wireVersion}: ${listed(speakers, ({ who, version }) => `${who} ${version}`)}`;
    return { check, state: 'ok', detail, next: null };
  }
  return {
    check,
    state: 'problem',
    detail: listed(speakers, ({ who, wireVersion }) => `${who} speaks wire version ${wireVersion}`),
    next: `Update ${listed(behind, ({ who }) => who)} to Lapak ${newest.version}, which ${newest.who} has. Until then the two may misunderstand each other; a store sells on meanwhile.`,
  };
}

const listed = (speakers: readonly Speaker[], textOf: (speaker: Speaker) => string): string => speakers.map(textOf).join(', ');
