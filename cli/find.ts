// Things by what people type: a short code, an id, or any unique prefix of either.
import { isId } from '#schema/values/id';
import type { Customer } from '#schema/wire/customer';
import type { OrderSummary } from '#schema/wire/order';
import type { Product } from '#schema/wire/product';
import type { Staff } from '#schema/wire/staff';
import type { Store } from '#schema/wire/store';
import type { Centre } from './connect.ts';
import { notFound, wrongUse } from './failure.ts';
import { pages } from './pages.ts';

const looksLikeId = (text: string): boolean => /^[0-9a-f]{4,8}(-[0-9a-f-]*)?$/.test(text);

interface Search<Row> {
  noun: string;
  text: string;
  /** Typed for a list of what there is: `lapak store list`. */
  list: string;
  namesOf(row: Row): readonly string[];
}

/** Exact first, then a prefix that only one of them has. */
export async function pickOne<Row extends { id: string }>(
  rows: AsyncIterable<Row> | Iterable<Row>,
  { noun, text, list, namesOf }: Search<Row>,
): Promise<Row> {
  const wanted = text.toLowerCase();
  const begun: Row[] = [];
  for await (const row of rows) {
    const names = [...namesOf(row), row.id].map((name) => name.toLowerCase());
    if (names.includes(wanted)) return row;
    if (names.some((name) => name.startsWith(wanted))) begun.push(row);
  }
  const [first, second] = begun;
  if (!first) throw notFound(`There is no ${noun} “${text}”.`, `See \`${list}\`.`, `unknown-${noun}`);
  if (!second) return first;
  const candidates = begun.slice(0, 5).map((row) => namesOf(row)[0] ?? row.id);
  throw wrongUse(
    `“${text}” could be ${begun.length} ${noun}s: ${candidates.join(', ')}${begun.length > 5 ? ' …' : ''}.`,
    'Type more of it.',
    `ambiguous-${noun}`,
  );
}

export const findStore = (centre: Centre, text: string): Promise<Store> =>
  pickOne(
    pages((query) => centre.store.list({ query })),
    { noun: 'store', text, list: 'lapak store list', namesOf: (store) => [store.code] },
  );

/** By name or id; `storeId` narrows it. Names of people repeat, so the first of several is not just taken. */
export async function findStaff(centre: Centre, text: string, storeId?: string): Promise<Staff> {
  const people: Staff[] = [];
  const narrow = storeId === undefined ? {} : { storeId };
  for await (const person of pages((query) => centre.staff.list({ query: { ...query, ...narrow } }))) people.push(person);
  const called = people.filter(({ name }) => name.toLowerCase() === text.toLowerCase());
  if (called.length > 1)
    throw wrongUse(
      `${called.length} people are called “${text}”.`,
      'Name the store with --store, or the id: lapak staff list --columns name,store,id',
      'ambiguous-person',
    );
  return pickOne(people, { noun: 'person', text, list: 'lapak staff list', namesOf: (person) => [person.name] });
}

/** By id, or by what the centre finds: a name, a number, an address. */
export async function findCustomer(centre: Centre, text: string): Promise<Customer> {
  if (isId(text)) return centre.customer.show({ params: { id: text } });
  const matching = looksLikeId(text) ? {} : { q: text };
  return pickOne(
    pages((query) => centre.customer.list({ query: { ...query, ...matching } })),
    {
      noun: 'customer',
      text,
      list: 'lapak customer list',
      namesOf: ({ name, phone, email }) => [name, phone, email].filter((word) => word !== null),
    },
  );
}

/** The id of a store when one was named; nothing when none was. */
export const storeIdOf = async (centre: Centre, text: string | undefined): Promise<{ storeId?: string }> =>
  text === undefined ? {} : { storeId: (await findStore(centre, text)).id };

export async function findProduct(centre: Centre, text: string): Promise<Product> {
  if (isId(text)) return centre.product.show({ params: { id: text } });
  // Ids are not searched by the server, so a prefix of one is looked for in the whole list.
  const matching = looksLikeId(text) ? {} : { q: text };
  return pickOne(
    pages((query) => centre.product.list({ query: { ...query, ...matching } })),
    { noun: 'product', text, list: 'lapak product list', namesOf: (product) => [product.sku, ...product.barcodes] },
  );
}

/** How far back a prefix of an order's id is looked for; the whole id or the receipt number finds any. */
const RECENT = 5_000;

export async function findOrderId(centre: Centre, text: string, storeId?: string): Promise<string> {
  if (isId(text)) return text;
  const store = storeId === undefined ? {} : { storeId };
  const search = {
    noun: 'sale',
    text,
    list: 'lapak sale list',
    namesOf: (order: OrderSummary) => (order.receipt ? [order.receipt] : []),
  };
  const byReceipt = await centre.order.list({ query: { receipt: text, limit: '2', ...store } });
  if (byReceipt.items.length > 1)
    throw wrongUse(`Several stores have a receipt ${text}.`, 'Name the store with --store.', 'ambiguous-sale');
  if (byReceipt.items[0]) return byReceipt.items[0].id;
  const recent = firstOf(
    pages((query) => centre.order.list({ query: { ...query, ...store } })),
    looksLikeId(text) ? RECENT : 500,
  );
  return (await pickOne(recent, search)).id;
}

async function* firstOf<Row>(rows: AsyncIterable<Row>, count: number) {
  let taken = 0;
  for await (const row of rows) {
    if (taken++ === count) return;
    yield row;
  }
}
