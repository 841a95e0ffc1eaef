// Adding a customer at a till, also offline: the fact names them, who they are stands beside it. And forgetting them when the centre asks.
import { commitmentOf, customerAdded } from '#schema/facts/customer-added';
import { customerErased } from '#schema/facts/customer-erased';
import { normalContact } from '#schema/rules/customer';
import { present } from '#schema/values/assert';
import type { RandomBytes } from '#schema/values/clock';
import { ok, type Result, refuse } from '#schema/values/result';
import type { RefusalOf } from '#schema/wire/contract';
import type { AddCustomer, StoreCustomer, storeCustomerContract } from '#schema/wire/customer';
import type { Person } from '../base/caller.ts';
import type { Commit } from '../journal/commit.ts';
import type { StoreReplica } from '../replica/store.ts';
import type { DetailStore, Details } from './details.ts';
import type { CustomerQueries } from './queries.ts';

export interface CustomerContext {
  stores: StoreReplica;
  customers: CustomerQueries;
  customerDetails: DetailStore;
  random: RandomBytes;
}

export interface Adder {
  till: { id: string };
  person: Person | null;
}

type AddRefusal = RefusalOf<typeof storeCustomerContract.add>;

const SALT_BYTES = 16;

export function addCustomer(
  commit: Commit,
  { id, name, phone = null, email = null }: AddCustomer,
  { till, person }: Adder,
  { stores, customers, customerDetails, random }: CustomerContext,
): Result<StoreCustomer, AddRefusal> {
  const store = stores.current();
  if (!store)
    return refuse('not-ready', 'This store box has not received its store yet.', { next: 'Connect it to the centre once.' });
  const contact = normalContact({ phone, email }, store.country);
  if (!contact.ok) return contact;
  const details = { id, name, ...contact.value };
  const known = customers.find(id);
  if (known || customers.added(id)) return repeated(details, known, { customers, customerDetails });
  const other = customers.byContact(contact.value);
  if (other)
    return refuse('customer-known', `${other.name} has that number or address already.`, {
      field: contact.value.phone === null ? 'email' : 'phone',
      next: 'Choose that customer.',
      facts: { customerId: other.id },
    });
  const salt = Buffer.from(random(SALT_BYTES)).toString('hex');
  customerDetails.keep(details, salt, commit.now);
  const by = { staff: person?.id ?? null };
  commit.append(customerAdded, { customerId: id, tillId: till.id, commitment: commitmentOf(details, salt) }, by);
  return ok(present(customers.find(id), 'the customer was just added'));
}

/** What was asked is known by its commitment alone, so that who it was need not be kept for it. */
function repeated(
  details: Details,
  known: StoreCustomer | undefined,
  { customers, customerDetails }: Pick<CustomerContext, 'customers' | 'customerDetails'>,
): Result<StoreCustomer, 'id-reused'> {
  const salt = customerDetails.saltOf(details.id);
  const same = salt !== undefined && customers.added(details.id)?.commitment === commitmentOf(details, salt);
  if (known && same) return ok(known);
  return refuse('id-reused', 'That customer id was used for somebody else, or was erased.', {
    field: 'id',
    next: 'Make a new id for a new customer.',
  });
}

export function eraseCustomer(
  commit: Commit,
  { customerId, directiveId }: { customerId: string; directiveId: string },
  { customerDetails }: Pick<CustomerContext, 'customerDetails'>,
): Result<null, never> {
  customerDetails.erase(customerId);
  commit.append(customerErased, { customerId, directiveId });
  return ok(null);
}
