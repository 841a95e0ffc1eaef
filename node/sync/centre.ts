// The way to the centre: signs each call with the node's own key, and learns from each answer whether the link and the clock are right.
import { importJWK, SignJWT } from 'jose';
import type { Clock } from '#schema/values/clock';
import type { Enrolled, Identity } from './identity.ts';

/** Tokens are short, so that a revoked node is out within a minute. */
const TOKEN_MS = 60_000;
/** A clock this much off is corrected; less is the network's delay. */
const CLOCK_TOLERANCE_MS = 5_000;

export interface Centre {
  enrolled: Enrolled;
  /** `fetch` with the node's token. */
  fetch: typeof fetch;
}

export interface LinkListener {
  heard(): void;
  lost(): void;
}

interface CentreParts {
  identity: Identity;
  enrolled: Enrolled;
  clock: Clock;
  fetch: typeof fetch;
  link: LinkListener;
  /** The centre does not know this machine, or does not want it any more. */
  onTurnedAway: () => void;
}

export function openCentre({ identity, enrolled, clock, fetch, link, onTurnedAway }: CentreParts): Centre {
  const { publicKey, privateKey } = identity.keys;
  const key = importJWK({ kty: 'OKP', crv: 'Ed25519', x: publicKey, d: privateKey }, 'EdDSA');
  let token = { text: '', expiresAt: 0, offset: 0 };

  async function bearer(): Promise<string> {
    const now = clock.now() + identity.clockOffset();
    if (token.expiresAt - now > TOKEN_MS / 2 && token.offset === identity.clockOffset()) return token.text;
    const expiresAt = now + TOKEN_MS;
    const text = await new SignJWT()
      .setProtectedHeader({ alg: 'EdDSA' })
      .setIssuer(identity.nodeId)
      .setAudience('lapak-centre')
      .setIssuedAt(Math.floor(now / 1000))
      .setExpirationTime(Math.floor(expiresAt / 1000))
      .sign(await key);
    token = { text, expiresAt, offset: identity.clockOffset() };
    return text;
  }

  /**
   * A node whose clock is wrong could not even sign a token that counts, so it believes the `date` of any answer of the centre. That
   * date was written somewhere between the question and now, which for a long poll or a busy machine is far apart: only an offset that
   * no moment between them explains is wrong.
   */
  function learnClock(response: Response, askedAt: number): void {
    const said = Date.parse(response.headers.get('date') ?? '');
    if (!Number.isFinite(said)) return;
    const least = said - clock.now();
    const most = said - askedAt;
    const known = identity.clockOffset();
    if (known >= least - CLOCK_TOLERANCE_MS && known <= most + CLOCK_TOLERANCE_MS) return;
    const offset = known < least ? least : most;
    identity.setClockOffset(Math.abs(offset) <= CLOCK_TOLERANCE_MS ? 0 : offset);
  }

  const signedFetch: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set('authorization', `Bearer ${await bearer()}`);
    const askedAt = clock.now();
    try {
      const response = await fetch(input, { ...init, headers });
      learnClock(response, askedAt);
      if (response.status < 500) link.heard();
      else link.lost();
      if (response.status === 401) onTurnedAway();
      return response;
    } catch (error) {
      if (!init?.signal?.aborted) link.lost();
      throw error;
    }
  };
  return { enrolled, fetch: signedFetch };
}
