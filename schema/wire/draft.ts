// Open, held and binned sales, as the node keeps them for its tills. What is in one is the page's own affair: the node keeps its text.
import Type, { type Static } from 'typebox';
import { contract } from './contract.ts';
import { Amount, Count, Id, IdParams, Input, Name, oneOf, orNull, Positive, Time } from './parts.ts';

export const draftStates = ['open', 'held', 'binned'] as const;

const DraftSummary = Type.Object({
  /** The id that its sale will have. */
  id: Id,
  revision: Positive,
  state: oneOf(...draftStates),
  /** `Table 4`; nobody has to give one. */
  name: orNull(Name),
  tillId: Id,
  tillName: Type.String(),
  /** The page that has it open: one till may have several. */
  pageId: Id,
  staffId: orNull(Id),
  items: Count,
  total: Amount,
  changedAt: Time,
});

export type DraftSummary = Static<typeof DraftSummary>;

const Draft = Type.Object({ ...DraftSummary.properties, content: Type.String() });

export type Draft = Static<typeof Draft>;

export const draftContract = contract({
  list: {
    method: 'GET',
    path: '/api/v1/drafts',
    access: 'till',
    summary: 'The store’s held and binned sales, and those that are open at its tills, last changed first.',
    output: Type.Object({ items: Type.Array(DraftSummary) }),
  },
  keep: {
    method: 'PUT',
    path: '/api/v1/drafts/{id}',
    access: 'till',
    summary: 'Keep a sale as it stands. A revision that is not newer than the kept one is refused with the kept one.',
    params: IdParams,
    body: Input({
      revision: Positive,
      pageId: Id,
      state: oneOf(...draftStates),
      name: Type.Optional(orNull(Name)),
      items: Count,
      total: Count,
      content: Type.String({ maxLength: 200_000 }),
    }),
    output: Draft,
    refusals: { 'stale-draft': 409, 'already-sold': 409, 'too-many-drafts': 409 },
  },
  take: {
    method: 'POST',
    path: '/api/v1/drafts/{id}/take',
    access: 'till',
    summary:
      'Bring a held or binned sale, or one that is open at a till that died, to this page; of two that ask, one gets it. Where it was open still, that till hears of it.',
    params: IdParams,
    body: Input({ revision: Positive, pageId: Id }),
    output: Draft,
    refusals: { 'unknown-draft': 404, 'stale-draft': 409 },
  },
});
