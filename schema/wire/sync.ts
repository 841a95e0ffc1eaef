// The sync envelope: a node enrols once, sends runs of facts, and tells how it stands. Shapes come down by the Electric protocol.
import Type, { type Static } from 'typebox';
import { contract } from './contract.ts';
import { Count, Id, Input, Name, oneOf, orNull, Positive, Time } from './parts.ts';
import { Gap, Generation } from './recovery.ts';

const Hash = Type.String({ pattern: '^[0-9a-f]{64}$' });
const PublicKey = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' });
const Signature = Type.String({ pattern: '^[A-Za-z0-9_-]{86}$' });

/** A run holds at most this many facts, so that one request stays small enough to repeat. */
export const MAX_RUN = 1_000;

/** And at most this many bytes, as JSON before compression. */
export const MAX_RUN_BYTES = 32 * 1024 * 1024;

/** A fact as the next one points back to it; seq 0 before the first of a generation. */
export const Position = Input({ generation: Count, seq: Count, hash: Hash });

export const Witness = Type.Object({
  storeId: Id,
  generation: Positive,
  seq: Count,
  hash: Hash,
  signedAt: Count,
  signature: Type.String(),
});

export type Witness = Static<typeof Witness>;

/** A fact as both sides keep it. */
export const JournalRow = Type.Object({ generation: Count, seq: Count, hash: Type.String(), text: Type.String() });

export type JournalRow = Static<typeof JournalRow>;

export const Enrolment = Type.Object({
  nodeId: Id,
  storeId: Id,
  storeCode: Type.String(),
  /** The line that this machine writes, and what it goes on from. */
  generation: Positive,
  prev: Position,
  gap: orNull(Gap),
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

/** As many devices that pour at one moment are told of, and no more. */
export const MAX_POURING = 64;

export const NodeStatus = Input({
  /** Where its journal ends: what is known to be missing, should the machine be lost. */
  head: Input({ generation: Positive, seq: Count }),
  waiting: Count,
  oldestWaitingAt: orNull(Time),
  version: Type.String({ maxLength: 40 }),
  devices: Input({
    total: Count,
    online: Count,
    /** Those that pour at this moment, and the receipt that the unit was sold on; null where no sale paid for it. */
    pouring: Type.Array(Input({ deviceId: Id, receipt: orNull(Type.String({ maxLength: 40 })) }), { maxItems: MAX_POURING }),
  }),
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
      /** This machine takes over what an earlier one wrote. */
      recover: Type.Optional(Type.Boolean()),
      /** The node's signature over its own enrolment: it holds the key that it names. */
      proof: Signature,
    }),
    output: Enrolment,
    status: 201,
    callsPerMinute: 30,
    refusals: { 'bad-enrolment-code': 403, 'bad-proof': 403, 'store-has-node': 409, 'store-has-history': 409 },
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
    output: Type.Object({
      now: Count,
      acknowledged: Type.Object({ generation: Positive, seq: Count }),
      /** How far the centre holds each generation: an earlier one may have grown by what came late. */
      held: Type.Array(Type.Object({ generation: Positive, seq: Count })),
    }),
  },
  history: {
    method: 'GET',
    path: '/sync/history',
    access: 'node',
    summary: 'The generations of the node’s own store, and the last position that the centre signed in each.',
    output: Type.Object({ generations: Type.Array(Generation), witnesses: Type.Array(Witness) }),
  },
  readFacts: {
    method: 'GET',
    path: '/sync/facts',
    access: 'node',
    summary: 'The facts of the node’s own store, in order, for a machine that lacks them.',
    query: Input({ after: Type.Optional(Type.String({ pattern: '^\\d+\\.\\d+$' })) }),
    output: Type.Object({ items: Type.Array(JournalRow), next: orNull(Type.String()) }),
  },
  openGeneration: {
    method: 'POST',
    path: '/sync/generations',
    access: 'node',
    summary: 'Open the next generation: this machine was set back to a backup. The same id again gives the same answer.',
    body: Input({ id: Id, after: Position }),
    output: Type.Object({ generation: Positive, prev: Position, gap: orNull(Gap) }),
    status: 201,
    refusals: { 'other-history': 409, 'id-reused': 422 },
  },
  standing: {
    method: 'POST',
    path: '/sync/standing',
    access: 'known-node',
    summary: 'Whether this machine is still the store’s node. That it is not is signed, so that nobody else can stop a till.',
    body: Input({ head: Input({ generation: Positive, seq: Count }) }),
    output: Type.Object({ standing: oneOf('live', 'replaced'), replacedAt: orNull(Count), signature: orNull(Signature) }),
  },
  quarantine: {
    method: 'POST',
    path: '/sync/quarantine',
    access: 'known-node',
    summary: 'A run of facts of a machine that was replaced: kept apart, for a person to decide.',
    body: FactRun,
    maxBodyBytes: MAX_RUN_BYTES,
    output: Type.Object({ generation: Positive, seq: Count }),
    refusals: {
      'wrong-node': 403,
      'still-live': 409,
      gap: 409,
      'broken-chain': 409,
      'other-history': 409,
      'bad-signature': 403,
      'malformed-fact': 422,
    },
  },
});
