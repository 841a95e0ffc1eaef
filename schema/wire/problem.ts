// Everything that goes wrong over HTTP has this one shape (RFC 9457), and says what to do next.
import Type, { type Static } from 'typebox';

export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String(),
  code: Type.String(),
  field: Type.Optional(Type.String()),
  next: Type.Optional(Type.String()),
  facts: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  requestId: Type.Optional(Type.String()),
});

export type Problem = Static<typeof Problem>;

export const PROBLEM_TYPE = 'application/problem+json';

const titles: Record<number, string> = {
  400: 'Malformed request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Refused by a rule',
  412: 'Changed meanwhile',
  413: 'Too large',
  415: 'Unknown content type',
  422: 'Bad input',
  429: 'Too many requests',
  500: 'Our fault',
  502: 'The outside failed',
  503: 'Not available now',
};

export interface ProblemParts {
  status: number;
  code: string;
  detail: string;
  field?: string | undefined;
  next?: string | undefined;
  facts?: Record<string, unknown> | undefined;
  requestId?: string | undefined;
}

export function problem(parts: ProblemParts): Problem {
  return { type: `urn:lapak:problem:${parts.code}`, title: titles[parts.status] ?? 'Failed', ...parts } as Problem;
}
