// Dispensers over HTTP, at the address of their store.
import type { Handlers } from '#schema/mount';
import type { storeContract } from '#schema/wire/store';
import type { Caller } from '../../base/caller.ts';
import { type Runtime, runCommand } from '../../base/runtime.ts';
import { addDispenser } from './commands.ts';

export const dispenserRoutes = (runtime: Runtime): Pick<Handlers<typeof storeContract, Caller>, 'addDispenser'> => ({
  addDispenser: ({ params, body, caller }) =>
    runCommand(runtime, caller, (tx, context) => addDispenser(tx, params.id, body, context)),
});
