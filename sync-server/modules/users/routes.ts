// The people of the stores over HTTP: those who work at their tills, those who buy there.
import type { Handlers } from '#schema/mount';
import { ok, refuse } from '#schema/values/result';
import type { customerContract, customerSyncContract } from '#schema/wire/customer';
import type { staffContract } from '#schema/wire/staff';
import { type Caller, node } from '../../base/caller.ts';
import { type Runtime, runCommand } from '../../base/runtime.ts';
import { transaction } from '../../base/transaction.ts';
import { changeCustomer, createCustomer, eraseCustomer, keepDelivered, verifyAge } from './commands/customers.ts';
import { changeStaff, createStaff, issueBadge, setPin, withdrawBadge } from './commands/staff.ts';
import { findCustomer, listCustomers } from './queries/customers.ts';
import { listStaff } from './queries/staff.ts';

export const staffRoutes = (runtime: Runtime): Handlers<typeof staffContract, Caller> => ({
  list: ({ query }) => listStaff(runtime.database.db, query),
  create: ({ body, caller }) => runCommand(runtime, caller, (tx, context) => createStaff(tx, body, context)),
  change: ({ params, body, caller }) => runCommand(runtime, caller, (tx) => changeStaff(tx, params.id, body)),
  setPin: ({ params, body, caller }) => runCommand(runtime, caller, (tx, context) => setPin(tx, params.id, body.pin, context)),
  issueBadge: ({ params, caller }) => runCommand(runtime, caller, (tx, context) => issueBadge(tx, params.id, context)),
  withdrawBadge: ({ params, caller }) => runCommand(runtime, caller, (tx) => withdrawBadge(tx, params.id)),
});

export const customerRoutes = (runtime: Runtime): Handlers<typeof customerContract, Caller> => ({
  list: ({ query }) => listCustomers(runtime.database.db, query),
  show: async ({ params }) => {
    const customer = await findCustomer(runtime.database.db, params.id);
    return customer ? ok(customer) : refuse('unknown-customer', 'There is no such customer.', { field: 'id' });
  },
  create: ({ body, caller }) => runCommand(runtime, caller, (tx, context) => createCustomer(tx, body, context)),
  change: ({ params, body, caller }) => runCommand(runtime, caller, (tx) => changeCustomer(tx, params.id, body)),
  verifyAge: ({ body, caller }) => runCommand(runtime, caller, (tx, context) => verifyAge(tx, body, context)),
  erase: ({ params, caller }) => runCommand(runtime, caller, (tx, context) => eraseCustomer(tx, params.id, context)),
});

/** Each in a transaction of its own: one that is refused keeps nobody else back. */
export const customerSyncRoutes = (runtime: Runtime): Handlers<typeof customerSyncContract, Caller> => ({
  deliver: async ({ body, caller }) => {
    const { storeId } = node(caller);
    const kept: string[] = [];
    const refused: { id: string; code: string }[] = [];
    for (const customer of body.customers) {
      const code = await transaction(runtime.database, (tx) => keepDelivered(tx, storeId, customer));
      if (code === undefined) kept.push(customer.id);
      else refused.push({ id: customer.id, code });
    }
    return ok({ kept, refused });
  },
});
