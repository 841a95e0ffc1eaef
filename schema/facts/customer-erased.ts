// customer.erased: the store forgot who a customer is, as the centre asked. What was bought stays; nobody can tell any more by whom.
import { Body, Id } from './body.ts';
import { type BodyOf, fact } from './fact.ts';

export const customerErased = fact({
  kind: 'customer.erased',
  version: 1,
  body: Body({ customerId: Id, directiveId: Id }),
  subjects: (body) => [body.customerId],
});

export type CustomerErased = BodyOf<typeof customerErased>;
