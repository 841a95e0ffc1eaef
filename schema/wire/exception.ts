// Facts that the centre kept but could not apply: one list, oldest first, each for a person to resolve.
import Type, { type Static } from 'typebox';
import { contract } from './contract.ts';
import { Count, Id, IdParams, Input, oneOf, orNull, Page, pageQueryWith, Time } from './parts.ts';

export const exceptionStates = ['open', 'waiting', 'resolved', 'dismissed'] as const;

const State = oneOf(...exceptionStates);

export const Exception = Type.Object({
  id: Id,
  storeId: Id,
  storeCode: Type.String(),
  module: Type.String(),
  code: Type.String(),
  detail: Type.String(),
  /** waiting: nothing is wrong with it, but an earlier fact about the same thing is open. */
  state: State,
  fact: Type.Object({ generation: Count, seq: Count, id: Id, kind: Type.String() }),
  openedAt: Time,
  closedAt: orNull(Time),
  closedBy: orNull(Type.String()),
  note: orNull(Type.String()),
});

export type Exception = Static<typeof Exception>;

export const exceptionContract = contract({
  list: {
    method: 'GET',
    path: '/api/v1/exceptions',
    access: { can: 'exception.read' },
    summary: 'Exceptions, oldest first; open and waiting ones unless a state is named.',
    query: pageQueryWith({ state: Type.Optional(State), storeId: Type.Optional(Id) }),
    output: Page(Exception),
    refusals: { 'bad-cursor': 422 },
  },
  resolve: {
    method: 'POST',
    path: '/api/v1/exceptions/{id}/resolve',
    access: { can: 'exception.resolve' },
    summary: 'Apply the fact again, or set it aside with a note. What waited for it is applied after it.',
    params: IdParams,
    body: Input({
      how: oneOf('retry', 'dismiss'),
      note: Type.Optional(Type.String({ minLength: 3, maxLength: 500 })),
    }),
    output: Exception,
    refusals: { 'unknown-exception': 404, 'already-closed': 409, 'still-fails': 409, 'note-needed': 422 },
  },
});
