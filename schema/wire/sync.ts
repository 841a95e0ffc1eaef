// The sync envelope: a node enrols once, sends runs of facts, and tells how it stands. Shapes come down by the Electric protocol.
import Type, { type Static } from 'typebox';
import { contract } from './contract.ts';
import { Count, Id, Input, Name, orNull, Positive, Time } from './parts.ts';

const Hash = Type.String({ pattern: '^[0-9a-f]{64}$' });
const PublicKey = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' });
const Signature = Type.String({ pattern: '^[A-Za-z0-9_-]{86}$' });

/** A run holds at most this many facts, so that one request stays small enough to repeat. */
export const MAX_RUN = 1_000;

/** And at most this many bytes, as JSON before compression. */
export const MAX_RUN_BYTES = 32 * 1024 * 1024;

export const Witness = Type.Object({
  storeId: Id,
  generation: Positive,
  seq: Count,
  hash: Hash,
  signedAt: Count,
  signature: Type.String(),
});

export type Witness = Static<typeof Witness>;

export const Enrolment = Type.Object({
  nodeId: Id,
  storeId: Id,
  storeCode: Type.String(),
  generation: Positive,
  centrePublicKey: PublicKey,
});

export type Enrolment = Static<typeof Enrolment>;

export const FactRun = Input({
  nodeId: Id,
  generation: Positive,
  from: Positive,
  /** The hash that the first fact of the run points back to. */
  prev: Hash,
  /** Each fact's text as its node wrote it; its length is checked where it is read, as a schema would count its characters one by one. */
  facts: Type.Array(Type.String(), { minItems: 1, maxItems: MAX_RUN }),
  /** Ed25519 over the head of the run. */
  signature: Signature,
});

export type FactRun = Static<typeof FactRun>;

export const NodeStatus = Input({
  waiting: Count,
  oldestWaitingAt: orNull(Time),
  version: Type.String({ maxLength: 40 }),
  devices: Input({ total: Count, online: Count }),
});

export type NodeStatus = Static<typeof NodeStatus>;

export const syncContract = contract({
  enrol: {
    method: 'POST',
    path: '/sync/enrol',
    access: 'public',
    summary: 'Become a store’s node with a one-time code. The same code and key again give the same answer.',
    body: Input({
      code: Type.String({ minLength: 8, maxLength: 40 }),
      nodeId: Id,
      name: Name,
      publicKey: PublicKey,
      boxKey: PublicKey,
      /** The node's signature over its own enrolment: it holds the key that it names. */
      proof: Signature,
    }),
    output: Enrolment,
    status: 201,
    callsPerMinute: 30,
    refusals: { 'bad-enrolment-code': 403, 'bad-proof': 403, 'store-has-node': 409 },
  },
  facts: {
    method: 'POST',
    path: '/sync/facts',
    access: 'node',
    summary: 'A run of facts, in order. Answered with the position that the centre has stored and signed.',
    body: FactRun,
    maxBodyBytes: MAX_RUN_BYTES,
    output: Witness,
    refusals: {
      'wrong-node': 403,
      'wrong-generation': 409,
      gap: 409,
      'broken-chain': 409,
      'other-history': 409,
      'bad-signature': 403,
      'malformed-fact': 422,
    },
  },
  status: {
    method: 'POST',
    path: '/sync/status',
    access: 'node',
    summary: 'How the node stands, and what the centre’s clock says.',
    body: NodeStatus,
    output: Type.Object({ now: Count, acknowledged: Type.Object({ generation: Positive, seq: Count }) }),
  },
});
