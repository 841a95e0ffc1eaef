// customer.added: somebody became a customer at a till. Who it is stands beside the journal, where it can be erased; the commitment proves
// that what came up later is what was entered, and without its salt tells nothing.
import { canonical } from '../values/canonical.ts';
import { Body, Hash, Id } from './body.ts';
import { textHash } from './chain.ts';
import { type BodyOf, fact } from './fact.ts';

export const customerAdded = fact({
  kind: 'customer.added',
  version: 1,
  body: Body({ customerId: Id, tillId: Id, commitment: Hash }),
  subjects: (body) => [body.customerId],
});

export type CustomerAdded = BodyOf<typeof customerAdded>;

export interface CustomerDetails {
  id: string;
  name: string;
  phone: string | null;
  email: string | null;
}

export const commitmentOf = ({ id, name, phone, email }: CustomerDetails, salt: string): string =>
  textHash(canonical({ id, name, phone, email, salt, purpose: 'lapak-customer' }));
