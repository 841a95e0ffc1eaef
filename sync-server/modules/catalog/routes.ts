// The catalogue over HTTP: products, categories, prices and tax rates.
import type { Handlers } from '#schema/mount';
import { ok, refuse } from '#schema/values/result';
import type { availabilityContract, categoryContract, productContract, taxRateContract } from '#schema/wire/product';
import type { Caller } from '../../base/caller.ts';
import { type Runtime, runCommand } from '../../base/runtime.ts';
import { storeExists } from '../stores/queries.ts';
import { listAvailability, setAvailability } from './availability.ts';
import { archiveProduct, changeProduct, createCategory, createProduct, setPrice, setTaxRate } from './commands.ts';
import { findProduct, listCategories, listProducts, listTaxRates } from './queries.ts';

export const productRoutes = (runtime: Runtime): Handlers<typeof productContract, Caller> => ({
  list: ({ query }) => listProducts(runtime.database.db, query),
  show: async ({ params }) => {
    const product = await findProduct(runtime.database.db, params.id);
    return product ? ok(product) : refuse('unknown-product', 'There is no such product.', { field: 'id' });
  },
  create: ({ body, caller }) => runCommand(runtime, caller, (tx, context) => createProduct(tx, body, context)),
  change: ({ params, body, caller }) => runCommand(runtime, caller, (tx) => changeProduct(tx, params.id, body)),
  archive: ({ params, caller }) => runCommand(runtime, caller, (tx) => archiveProduct(tx, params.id)),
  setPrice: ({ params, body, caller }) => runCommand(runtime, caller, (tx, context) => setPrice(tx, params.id, body, context)),
});

export const availabilityRoutes = (runtime: Runtime): Handlers<typeof availabilityContract, Caller> => ({
  list: async ({ query }) => {
    const { db } = runtime.database;
    if (!(await storeExists(db, query.storeId))) return refuse('unknown-store', 'There is no such store.', { field: 'storeId' });
    return listAvailability(db, query);
  },
  set: ({ params, body, caller }) => runCommand(runtime, caller, (tx) => setAvailability(tx, params.id, body)),
});

export const categoryRoutes = (runtime: Runtime): Handlers<typeof categoryContract, Caller> => ({
  list: async () => ok({ items: await listCategories(runtime.database.db) }),
  create: ({ body, caller }) => runCommand(runtime, caller, (tx, context) => createCategory(tx, body, context)),
});

export const taxRateRoutes = (runtime: Runtime): Handlers<typeof taxRateContract, Caller> => ({
  list: async () => ok({ items: await listTaxRates(runtime.database.db) }),
  set: ({ body, caller }) => runCommand(runtime, caller, (tx, context) => setTaxRate(tx, body, context)),
});
