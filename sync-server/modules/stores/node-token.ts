// Who a node is: it signs short tokens with the key that it enrolled with. Its clock may be off; then it is told the centre's time.
import { decodeJwt, errors, importJWK, jwtVerify } from 'jose';
import { isId } from '#schema/values/id';
import { ok, type Result, refuse } from '#schema/values/result';
import type { NodeCaller } from '../../base/caller.ts';
import type { Drizzle } from '../../base/database.ts';
import { gather } from '../../base/gather.ts';
import { findNodes } from './queries.ts';

export const NODE_AUDIENCE = 'lapak-centre';

const longestLifeSeconds = 60;
const clockToleranceSeconds = 300;
const mostHeld = 10_000;

/** Node tokens have the three parts of a JWT; those of people are one opaque word. */
export const looksLikeNodeToken = (token: string): boolean => token.split('.').length === 3;

export type IdentifyNode = (
  token: string,
  at: { now: number; mayBeReplaced: boolean },
) => Promise<Result<NodeCaller, 'not-signed-in'>>;

export function nodeIdentifier(db: Drizzle): IdentifyNode {
  const held = heldSignatures();
  const findNode = gather((ids) => findNodes(db, ids));
  return async (token, { now, mayBeReplaced }) => {
    const issuer = issuerOf(token);
    const node = issuer === undefined ? undefined : await findNode(issuer);
    if (!node) return stranger('No node of this chain has signed this token.');
    if (node.revokedAt !== null && !mayBeReplaced) return stranger('This node was revoked.');
    const signature = `${node.publicKey} ${token}`;
    if (!held.has(signature, now)) {
      const checked = await checkSignature(node.publicKey, token, now);
      if (!checked.ok) return checked;
      held.add(signature, { until: checked.value, now });
    }
    return ok({ kind: 'node', nodeId: node.id, storeId: node.storeId, publicKey: node.publicKey, replacedAt: node.revokedAt });
  };
}

/**
 * A node sends the same token for half a minute, and to check its signature costs more than most of what it asks for. So those that held
 * are remembered until the token ends; whether the node may still call is read each time.
 */
function heldSignatures() {
  const held = new Map<string, number>();
  return {
    has: (signature: string, now: number) => (held.get(signature) ?? 0) > now,
    add(signature: string, { until, now }: { until: number; now: number }): void {
      if (held.size >= mostHeld) for (const [old, ended] of held) if (ended <= now) held.delete(old);
      if (held.size < mostHeld) held.set(signature, until);
    },
  };
}

/** Until when the token counts. */
async function checkSignature(publicKey: string, token: string, now: number): Promise<Result<number, 'not-signed-in'>> {
  const key = await importJWK({ kty: 'OKP', crv: 'Ed25519', x: publicKey }, 'EdDSA');
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['EdDSA'],
      audience: NODE_AUDIENCE,
      requiredClaims: ['exp', 'iat'],
      currentDate: new Date(now),
      clockTolerance: clockToleranceSeconds,
    });
    const { exp = 0, iat = 0 } = payload;
    if (exp - iat > longestLifeSeconds) return stranger(`A node’s token lives for ${longestLifeSeconds} seconds at most.`);
    if (iat > now / 1_000 + clockToleranceSeconds) return clockIsOff(now);
    return ok(exp * 1_000);
  } catch (error) {
    if (error instanceof errors.JWTExpired) return clockIsOff(now);
    if (error instanceof errors.JOSEError) return stranger('The token is not a valid one of this node.');
    throw error;
  }
}

function issuerOf(token: string): string | undefined {
  try {
    const { iss } = decodeJwt(token);
    return iss !== undefined && isId(iss) ? iss : undefined;
  } catch {
    // Not a token at all; nobody has signed it.
    return undefined;
  }
}

const stranger = (detail: string) => refuse('not-signed-in', detail, { next: 'Enrol the node, or sign a new token.' });

/** The signature holds, so this is the node: it may learn the time and keep the offset. */
const clockIsOff = (now: number) =>
  refuse('not-signed-in', 'The token’s time is more than five minutes away from the centre’s.', {
    next: 'Sign a new token by the centre’s time.',
    facts: { now },
  });
