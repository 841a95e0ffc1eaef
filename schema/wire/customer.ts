// Customers of the stores: at the centre, where one person is found again under every id; at a till, offline; and the way between.
import Type, { type Static } from 'typebox';
import { contract } from './contract.ts';
import { Count, Id, IdParams, Input, Name, orNull, Page, pageQueryWith, Time } from './parts.ts';

const Phone = Type.String({ minLength: 1, maxLength: 40 });
const Email = Type.String({ minLength: 1, maxLength: 200 });
const BirthDate = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });

const AddCustomer = Input({
  id: Id,
  name: Name,
  phone: Type.Optional(orNull(Phone)),
  email: Type.Optional(orNull(Email)),
});

export type AddCustomer = Static<typeof AddCustomer>;

const contactRefusals = { 'bad-phone': 422, 'bad-email': 422, 'contact-missing': 422 } as const;

export type ContactRefusal = keyof typeof contactRefusals;

const Customer = Type.Object({
  /** The person; every id that tills gave leads here. */
  id: Id,
  /** Null once erased. */
  name: orNull(Name),
  phone: orNull(Type.String()),
  email: orNull(Type.String()),
  /** As proven by somebody who saw it written. */
  bornOn: orNull(Type.String()),
  ageVerifiedAt: orNull(Time),
  /** Every id of this person and the store that it was given in. */
  entries: Type.Array(Type.Object({ id: Id, storeId: Id, addedAt: Time })),
  version: Count,
  erasedAt: orNull(Time),
});

export type Customer = Static<typeof Customer>;

const ChangeCustomer = Type.Partial(Input({ name: Name, phone: orNull(Phone), email: orNull(Email) }), {
  additionalProperties: false,
  minProperties: 1,
});

export type ChangeCustomer = Static<typeof ChangeCustomer>;

/** At the centre. */
export const customerContract = contract({
  list: {
    method: 'GET',
    path: '/api/v1/users/customers',
    access: { can: 'customer.read' },
    summary: 'Customers by name; text matches name, phone or e-mail.',
    query: pageQueryWith({ q: Type.Optional(Type.String({ maxLength: 80 })), storeId: Type.Optional(Id) }),
    output: Page(Customer),
    refusals: { 'bad-cursor': 422 },
  },
  show: {
    method: 'GET',
    path: '/api/v1/users/customers/{id}',
    access: { can: 'customer.read' },
    summary: 'One customer, by any id that a till gave.',
    params: IdParams,
    output: Customer,
    refusals: { 'unknown-customer': 404 },
  },
  create: {
    method: 'POST',
    path: '/api/v1/users/customers',
    access: { can: 'customer.write' },
    summary: 'Add a customer to a store. Who is known by phone or e-mail already is found, and the store has them from then on.',
    body: Input({ ...AddCustomer.properties, storeId: Id }),
    output: Customer,
    status: 201,
    refusals: { ...contactRefusals, 'unknown-store': 422, 'id-reused': 422 },
  },
  change: {
    method: 'PUT',
    path: '/api/v1/users/customers/{id}',
    access: { can: 'customer.write' },
    summary: 'Change what is given of a customer.',
    params: IdParams,
    body: ChangeCustomer,
    output: Customer,
    refusals: { ...contactRefusals, 'unknown-customer': 404, 'contact-taken': 409 },
  },
  verifyAge: {
    method: 'POST',
    path: '/api/v1/users/customer/age-verify',
    access: { can: 'customer.write' },
    summary: 'Somebody saw a customer’s date of birth written; tills need not ask again.',
    body: Input({ customerId: Id, bornOn: BirthDate }),
    output: Customer,
    refusals: { 'unknown-customer': 404, 'bad-birth-date': 422 },
  },
  erase: {
    method: 'DELETE',
    path: '/api/v1/users/customers/{id}',
    access: { can: 'customer.write' },
    summary: 'Forget who a customer is, here and in every store; what was bought stays.',
    params: IdParams,
    output: Customer,
    refusals: { 'unknown-customer': 404 },
  },
});

const Salt = Type.String({ pattern: '^[0-9a-f]{32}$' });

const CustomerDelivery = Input({
  customers: Type.Array(Input({ id: Id, salt: Salt, name: Name, phone: orNull(Phone), email: orNull(Email), addedAt: Count }), {
    minItems: 1,
    maxItems: 200,
  }),
});

export type CustomerDelivery = Static<typeof CustomerDelivery>;

/** Beside the journal: who the customers are that facts only name. */
export const customerSyncContract = contract({
  deliver: {
    method: 'POST',
    path: '/sync/customers',
    access: 'node',
    summary: 'Who was added at this store’s tills. The same again is the same as once; what differs from its fact is refused.',
    body: CustomerDelivery,
    output: Type.Object({ kept: Type.Array(Id), refused: Type.Array(Type.Object({ id: Id, code: Type.String() })) }),
  },
});

/** As a till sees them: only the store's own, and not who was erased. */
const StoreCustomer = Type.Object({
  id: Id,
  personId: Id,
  name: Name,
  phone: orNull(Type.String()),
  email: orNull(Type.String()),
  /** Proven at the centre; null where nobody has. */
  bornOn: orNull(Type.String()),
});

export type StoreCustomer = Static<typeof StoreCustomer>;

/** At the store node. */
export const storeCustomerContract = contract({
  search: {
    method: 'GET',
    path: '/api/v1/customers',
    access: 'staff',
    summary: 'Customers of this store by name, phone or e-mail, each once.',
    query: Input({
      q: Type.String({ minLength: 1, maxLength: 80 }),
      limit: Type.Optional(Type.String({ pattern: '^[1-9]\\d?$' })),
    }),
    output: Type.Object({ items: Type.Array(StoreCustomer) }),
  },
  show: {
    method: 'GET',
    path: '/api/v1/customers/{id}',
    access: 'staff',
    summary: 'One customer of this store.',
    params: IdParams,
    output: StoreCustomer,
    refusals: { 'unknown-customer': 404 },
  },
  add: {
    method: 'POST',
    path: '/api/v1/customers',
    access: 'staff',
    summary: 'Add a customer, also offline. The centre finds out whether it is somebody it knows.',
    body: AddCustomer,
    output: StoreCustomer,
    status: 201,
    refusals: { ...contactRefusals, 'customer-known': 409, 'id-reused': 422, 'not-ready': 409 },
  },
});
