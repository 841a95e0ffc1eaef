// When a store's machine is lost: its successor, the generations of its journal with what never came, and what a machine sends after it
// was replaced, which waits for a person.
import Type, { type Static } from 'typebox';
import { contract } from './contract.ts';
import { Count, Id, IdParams, Input, oneOf, orNull, Page, Positive, pageQueryWith, Time } from './parts.ts';

/** enrolled: a store's first machine. recovered: a successor. restored: the same machine, from a backup. */
export const openings = ['enrolled', 'recovered', 'restored'] as const;

export const quarantineStates = ['held', 'accepted', 'discarded'] as const;

/** Facts of the generation before that never came, as far as anybody knows. */
export const Gap = Type.Object({
  generation: Positive,
  from: Positive,
  /** The last of them; null while nobody knows how many there were. */
  to: orNull(Count),
  since: orNull(Time),
  until: orNull(Time),
  /** When the machine that may hold them was last heard. */
  heardAt: orNull(Time),
  /** That machine came back and said so itself. */
  certain: Type.Boolean(),
});

export type Gap = Static<typeof Gap>;

export const Generation = Type.Object({
  generation: Positive,
  nodeId: Id,
  why: oneOf(...openings),
  openedAt: Time,
  prev: Type.Object({ generation: Count, seq: Count, hash: Type.String() }),
  /** How many of its facts the centre holds. */
  facts: Count,
  /** Null for the first, and where it is certain that nothing is missing. */
  gap: orNull(Gap),
});

export type Generation = Static<typeof Generation>;

export const QuarantinedFact = Type.Object({
  storeId: Id,
  storeCode: Type.String(),
  nodeId: Id,
  fact: Type.Object({ generation: Positive, seq: Positive, id: Id, kind: Type.String(), text: Type.String() }),
  occurredAt: Time,
  receivedAt: Time,
  state: oneOf(...quarantineStates),
  decidedAt: orNull(Time),
  decidedBy: orNull(Type.String()),
  note: orNull(Type.String()),
});

export type QuarantinedFact = Static<typeof QuarantinedFact>;

export const recoveryContract = contract({
  replaceNode: {
    method: 'POST',
    path: '/api/v1/stores/{id}/node/replacement',
    access: { can: 'store.write' },
    summary: 'Give up the store’s machine and make a one-time code for its successor, valid for a day.',
    params: IdParams,
    output: Type.Object({
      code: Type.String(),
      expiresAt: Time,
      lost: orNull(Type.Object({ nodeId: Id, name: Type.String(), lastSeenAt: orNull(Time), waiting: orNull(Count) })),
      acknowledged: Type.Object({ generation: Positive, seq: Count }),
    }),
    status: 201,
    refusals: { 'unknown-store': 404, 'no-node': 409 },
  },
  generations: {
    method: 'GET',
    path: '/api/v1/stores/{id}/generations',
    access: { can: 'store.read' },
    summary: 'The generations of a store’s journal, oldest first: who wrote each, what it goes on from, and what never came.',
    params: IdParams,
    output: Type.Object({ items: Type.Array(Generation) }),
    refusals: { 'unknown-store': 404 },
  },
  quarantined: {
    method: 'GET',
    path: '/api/v1/quarantine',
    access: { can: 'exception.read' },
    summary: 'What machines sent after they were replaced, by store and in order; only held facts unless a state is named.',
    query: pageQueryWith({ state: Type.Optional(oneOf(...quarantineStates)), storeId: Type.Optional(Id) }),
    output: Page(QuarantinedFact),
    refusals: { 'bad-cursor': 422 },
  },
  decide: {
    method: 'POST',
    path: '/api/v1/quarantine/decisions',
    access: { can: 'exception.resolve' },
    summary: 'Take what a replaced machine sent into the journal, as the late end of its generation, or set it aside for good.',
    body: Input({
      storeId: Id,
      nodeId: Id,
      how: oneOf('accept', 'discard'),
      /** Up to this fact; all that are held unless said. */
      upTo: Type.Optional(Input({ generation: Positive, seq: Positive })),
      note: Type.String({ minLength: 3, maxLength: 500 }),
    }),
    output: Type.Object({ decided: Count, exceptions: Count, held: Count }),
    refusals: { 'unknown-store': 404, 'nothing-held': 409, 'does-not-continue': 409 },
  },
});
