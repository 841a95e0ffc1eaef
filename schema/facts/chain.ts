// The hash chain and its signatures, the same on both sides and for a third party: a fact's text is hashed as it was written.
import { createPrivateKey, createPublicKey, hash, sign, verify } from 'node:crypto';
import { canonical, type Json } from '../values/canonical.ts';
import type { Fact } from './fact.ts';

/** What the first fact of the first generation points back to. */
export const GENESIS = '0'.repeat(64);

export interface ChainPosition {
  generation: number;
  seq: number;
  hash: string;
}

export const factText = (fact: Fact): string => canonical(fact as Fact<Json> & { [key: string]: Json });

export const chainHash = (previous: string, text: string): string => hash('sha256', `${previous}\n${text}`, 'hex');

export const textHash = (text: string): string => hash('sha256', text, 'hex');

/** A key as it is stored and sent: the 32 raw bytes in base64url. */
export interface KeyPair {
  publicKey: string;
  privateKey: string;
}

const keyObject = (publicKey: string) => createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });

export function keyPairFromSeed(seed: Uint8Array): KeyPair {
  // The fixed head of a PKCS#8 Ed25519 key; the seed is all that differs.
  const head = Buffer.from('302e020100300506032b657004220420', 'hex');
  const privateKey = createPrivateKey({ key: Buffer.concat([head, seed]), format: 'der', type: 'pkcs8' });
  const jwk = createPublicKey(privateKey).export({ format: 'jwk' });
  return { publicKey: jwk.x as string, privateKey: Buffer.from(seed).toString('base64url') };
}

export function signText(text: string, { publicKey, privateKey }: KeyPair): string {
  const key = createPrivateKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey, d: privateKey }, format: 'jwk' });
  return sign(null, Buffer.from(text), key).toString('base64url');
}

export function isSignedBy(text: string, signature: string, publicKey: string): boolean {
  try {
    return verify(null, Buffer.from(text), keyObject(publicKey), Buffer.from(signature, 'base64url'));
  } catch {
    // A key or signature that cannot be parsed signs nothing.
    return false;
  }
}

export interface RunHead extends ChainPosition {
  storeId: string;
  nodeId: string;
  /** The first fact of the run. */
  from: number;
}

/** What a node signs when it sends a run of facts. */
export const runText = (head: RunHead): string => canonical({ ...head, purpose: 'lapak-run' });

export interface WitnessedPosition extends ChainPosition {
  storeId: string;
  signedAt: number;
}

export interface EnrolmentClaim {
  code: string;
  nodeId: string;
  name: string;
  publicKey: string;
  boxKey: string;
}

/** What a node signs when it enrols: it holds the key that it names, and its code is not for another. */
export const enrolText = ({ code, nodeId, name, publicKey, boxKey }: EnrolmentClaim): string =>
  canonical({ code, nodeId, name, publicKey, boxKey, purpose: 'lapak-enrol' });

/** What the centre signs when it has stored a run: from then on nobody can say otherwise. */
export const witnessText = (position: WitnessedPosition): string => canonical({ ...position, purpose: 'lapak-witness' });

export interface Replacement {
  storeId: string;
  nodeId: string;
  replacedAt: number;
}

/** What the centre signs when a machine is a store's node no more: nobody else can keep it from selling. */
export const replacementText = (replacement: Replacement): string => canonical({ ...replacement, purpose: 'lapak-replacement' });
