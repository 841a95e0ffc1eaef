// issue.set: from here on this store issues these products by these methods, as the centre decided. It stands in the journal because
// which lot a sale took follows from it.
import Type from 'typebox';
import { issueMethods } from '../rules/stock-issue.ts';
import { Body, Id, oneOf } from './body.ts';
import { type BodyOf, fact } from './fact.ts';

export const issueSet = fact({
  kind: 'issue.set',
  version: 1,
  body: Body({
    products: Type.Array(Type.Object({ productId: Id, method: oneOf(...issueMethods) })),
  }),
  subjects: (body) => body.products.map(({ productId }) => `issue:${productId}`),
});

export type IssueSet = BodyOf<typeof issueSet>;
