// Passes a shape request on to a real Electric with our secret, and its answer back as it comes.
import type { Clock } from '#schema/values/clock';
import type { ShapeAnswer, ShapeQuestion, ShapeSource } from './source.ts';

export interface ElectricOptions {
  /** `ELECTRIC_URL`: where Electric listens, without `/v1/shape`. */
  url: string;
  /** `ELECTRIC_SECRET` */
  secret?: string | undefined;
  fetch: typeof globalThis.fetch;
  clock: Clock;
}

// Electric holds a live request for 20 seconds; one that has said nothing after this is not coming back.
const firstByteMs = 45_000;
const retryAfterSeconds = 5;

/** Beside the electric-* headers; lengths and encodings are this hop's own. */
const passedHeaders = new Set(['content-type', 'cache-control', 'surrogate-control', 'etag', 'retry-after']);

export function openElectricSource({ url, secret, fetch, clock }: ElectricOptions): ShapeSource {
  const endpoint = new URL('v1/shape', url.endsWith('/') ? url : `${url}/`);
  const closing = new AbortController();

  const ask = async ({ words, ifNoneMatch, signal }: ShapeQuestion): Promise<ShapeAnswer> => {
    const target = new URL(endpoint);
    for (const [word, value] of words) target.searchParams.append(word, value);
    if (secret !== undefined) target.searchParams.set('secret', secret);
    const late = new AbortController();
    const cancel = clock.after(firstByteMs, () => late.abort());
    try {
      const answer = await fetch(target, {
        headers: ifNoneMatch === undefined ? {} : { 'if-none-match': ifNoneMatch },
        signal: AbortSignal.any([signal, late.signal, closing.signal]),
        redirect: 'error', // the secret goes nowhere else
      });
      return passOn(answer);
    } catch {
      // fetch rejects only when there is no answer: unreachable, cut off, too late, or a caller who has gone.
      return unavailable(String(retryAfterSeconds));
    } finally {
      cancel();
    }
  };

  return { answer: ask, close: async () => closing.abort() };
}

function passOn(answer: Response): ShapeAnswer {
  const headers: Record<string, string> = {};
  for (const [name, value] of answer.headers) if (passedHeaders.has(name) || name.startsWith('electric-')) headers[name] = value;
  if (answer.status >= 500) return unavailable(headers['retry-after'] ?? String(retryAfterSeconds));
  // Electric refuses our secret: our settings are wrong, and the node must not think that it is about its own token.
  if (answer.status === 401 || answer.status === 403) return { status: 502, headers: {} };
  const hasBody = answer.body !== null && answer.status !== 304;
  return { status: answer.status, headers, ...(hasBody && { body: answer.body as unknown as AsyncIterable<Uint8Array> }) };
}

const unavailable = (retryAfter: string): ShapeAnswer => ({ status: 503, headers: { 'retry-after': retryAfter } });
