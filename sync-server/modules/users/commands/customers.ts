// Decisions about customers, and what stores tell of those that were added at their tills.
import { eq, inArray } from 'drizzle-orm';
import { type CustomerAdded, commitmentOf } from '#schema/facts/customer-added';
import { checkBirth, normalContact } from '#schema/rules/customer';
import { customers } from '#schema/tables/central/customer';
import { intents } from '#schema/tables/central/intent';
import { present } from '#schema/values/assert';
import { ok, type Result, refuse } from '#schema/values/result';
import { businessDate } from '#schema/values/time';
import type { BodyOf } from '#schema/wire/contract';
import type { ChangeCustomer, ContactRefusal, Customer, CustomerDelivery, customerContract } from '#schema/wire/customer';
import type { Store } from '#schema/wire/store';
import type { Tx } from '../../../base/database.ts';
import { claimId } from '../../../base/intent.ts';
import type { AppliedFact, Finding } from '../../../base/reaction.ts';
import type { Context } from '../../../base/runtime.ts';
import { sendDirective } from '../../stores/commands.ts';
import { findStore } from '../../stores/queries.ts';
import { findCustomer } from '../queries/customers.ts';
import { changePerson, keepEntry, personBy } from './people-merge.ts';

type CreateCustomer = BodyOf<typeof customerContract.create>;

const unknownCustomer = () => refuse('unknown-customer', 'There is no such customer.', { field: 'id' });

const show = async (tx: Tx, id: string): Promise<Customer> => present(await findCustomer(tx, id), 'the customer was just kept');

export async function createCustomer(
  tx: Tx,
  input: CreateCustomer,
  { now }: Context,
): Promise<Result<Customer, ContactRefusal | 'unknown-store' | 'id-reused'>> {
  const { id, storeId, name, phone = null, email = null } = input;
  const store = await findStore(tx, storeId);
  if (!store) return refuse('unknown-store', 'There is no such store.', { field: 'storeId' });
  const contact = normalContact({ phone, email }, store.country);
  if (!contact.ok) return contact;
  const claimed = await claimId(tx, id, { kind: 'customer', ...input }, now);
  if (!claimed.ok) return claimed;
  if (claimed.value === 'new')
    await keepEntry(tx, { id, storeId, name, ...contact.value, commitment: null, addedAt: now, addedBy: null });
  return ok(await show(tx, id));
}

/** The store in which the person was first added: its country and its day count. */
const homeOf = async (tx: Tx, customer: Customer): Promise<Store> =>
  present(await findStore(tx, present(customer.entries[0], 'a customer has an entry').storeId), 'an entry has a store');

export async function changeCustomer(
  tx: Tx,
  id: string,
  change: ChangeCustomer,
): Promise<Result<Customer, ContactRefusal | 'unknown-customer' | 'contact-taken'>> {
  const customer = await findCustomer(tx, id);
  if (!customer || customer.erasedAt !== null) return unknownCustomer();
  const { name = customer.name, phone = customer.phone, email = customer.email } = change;
  const contact = normalContact({ phone, email }, (await homeOf(tx, customer)).country);
  if (!contact.ok) return contact;
  for (const field of ['phone', 'email'] as const) {
    const other = await personBy(tx, field, contact.value[field], customer.id);
    if (other)
      return refuse('contact-taken', `Another customer has that ${field === 'phone' ? 'number' : 'address'}.`, {
        field,
        next: 'Take it from that customer first.',
        facts: { customerId: other.id },
      });
  }
  await changePerson(tx, customer.id, { name, ...contact.value });
  return ok(await show(tx, id));
}

export async function verifyAge(
  tx: Tx,
  { customerId, bornOn }: { customerId: string; bornOn: string },
  { now, by }: Context,
): Promise<Result<Customer, 'unknown-customer' | 'bad-birth-date'>> {
  const customer = await findCustomer(tx, customerId);
  if (!customer || customer.erasedAt !== null) return unknownCustomer();
  const born = checkBirth(bornOn, businessDate(now, (await homeOf(tx, customer)).timeZone, 0));
  if (!born.ok) return born;
  await changePerson(tx, customer.id, { bornOn, ageVerifiedAt: now, ageVerifiedBy: by });
  return ok(await show(tx, customerId));
}

/** Here at once; in each store when its directive arrives, and the fact that it was done comes up. */
export async function eraseCustomer(tx: Tx, id: string, context: Context): Promise<Result<Customer, 'unknown-customer'>> {
  const customer = await findCustomer(tx, id);
  if (!customer) return unknownCustomer();
  if (customer.erasedAt !== null) return ok(customer);
  const nobody = { name: null, phone: null, email: null, bornOn: null, ageVerifiedAt: null, ageVerifiedBy: null };
  await changePerson(tx, customer.id, { ...nobody, erasedAt: context.now });
  // What was asked under their ids is a hash of who they are.
  const ids = customer.entries.map((entry) => entry.id);
  await tx.delete(intents).where(inArray(intents.id, ids));
  for (const entry of customer.entries) {
    const directive = { id: context.makeId(), storeId: entry.storeId, kind: 'customer.erase' as const };
    await sendDirective(tx, { ...directive, body: { customerId: entry.id } }, context);
  }
  return ok(await show(tx, id));
}

type Delivered = CustomerDelivery['customers'][number];

/** Answers why an entry is not kept, or nothing. */
export async function keepDelivered(
  tx: Tx,
  storeId: string,
  { salt, addedAt, ...details }: Delivered,
): Promise<string | undefined> {
  const commitment = commitmentOf(details, salt);
  const [known] = await tx.select().from(customers).where(eq(customers.id, details.id)).for('update');
  if (known?.erasedAt) return 'erased';
  if (known && known.storeId !== storeId) return 'other-store';
  if (known && known.commitment !== commitment) return 'wrong-commitment';
  if (known && known.name !== null) return undefined;
  // Told in the normal form already; a number of one country reads the same in all.
  const contact = normalContact(details, '');
  if (!contact.ok) return contact.code;
  const entry = { ...details, ...contact.value, storeId, commitment, addedAt: known?.addedAt ?? addedAt };
  await keepEntry(tx, { ...entry, addedBy: known?.addedBy ?? null });
  return undefined;
}

/** The fact may come before who it is, or after: then it must be the same. */
export async function noteAdded(tx: Tx, fact: AppliedFact<CustomerAdded>): Promise<Finding[]> {
  const { storeId, occurredAt: addedAt, staff: addedBy, body } = fact;
  const { customerId: id, commitment } = body;
  await tx
    .insert(customers)
    .values({ id, storeId, personId: id, commitment, addedAt, addedBy, version: 1 })
    .onConflictDoNothing();
  const [known] = await tx
    .select({ storeId: customers.storeId, commitment: customers.commitment })
    .from(customers)
    .where(eq(customers.id, id));
  if (known?.storeId === storeId && known.commitment === commitment) {
    await tx.update(customers).set({ addedBy }).where(eq(customers.id, id));
    return [];
  }
  return [{ fact, code: 'other-customer', detail: 'What is known of this customer is not what the fact vouches for.' }];
}
