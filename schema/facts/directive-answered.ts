// directive.answered: the node could not do what the centre asked, and says why. What it did do is a fact of its own that names the
// directive, so a directive is done when either has come up.
import Type from 'typebox';
import { Body, Id } from './body.ts';
import { type BodyOf, fact } from './fact.ts';

export const directiveAnswered = fact({
  kind: 'directive.answered',
  version: 1,
  body: Body({
    directiveId: Id,
    answer: Type.Literal('refused'),
    code: Type.String(),
    detail: Type.String(),
  }),
  subjects: (body) => [body.directiveId],
});

export type DirectiveAnswered = BodyOf<typeof directiveAnswered>;
