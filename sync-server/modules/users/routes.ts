// The people of the stores over HTTP: those who work at its tills.
import type { Handlers } from '#schema/mount';
import type { staffContract } from '#schema/wire/staff';
import type { Caller } from '../../base/caller.ts';
import { type Runtime, runCommand } from '../../base/runtime.ts';
import { changeStaff, createStaff, issueBadge, setPin, withdrawBadge } from './commands/staff.ts';
import { listStaff } from './queries/staff.ts';

export const staffRoutes = (runtime: Runtime): Handlers<typeof staffContract, Caller> => ({
  list: ({ query }) => listStaff(runtime.database.db, query),
  create: ({ body, caller }) => runCommand(runtime, caller, (tx, context) => createStaff(tx, body, context)),
  change: ({ params, body, caller }) => runCommand(runtime, caller, (tx) => changeStaff(tx, params.id, body)),
  setPin: ({ params, body, caller }) => runCommand(runtime, caller, (tx, context) => setPin(tx, params.id, body.pin, context)),
  issueBadge: ({ params, caller }) => runCommand(runtime, caller, (tx, context) => issueBadge(tx, params.id, context)),
  withdrawBadge: ({ params, caller }) => runCommand(runtime, caller, (tx) => withdrawBadge(tx, params.id)),
});
