// Shifts over HTTP at the store: parse, call, answer.
import type { Handlers } from '#schema/mount';
import { denominationsOf } from '#schema/rules/drawer';
import { ok, refuse } from '#schema/values/result';
import type { shiftContract } from '#schema/wire/shift';
import { atTill, type Caller } from '../base/caller.ts';
import type { Journal } from '../journal/commit.ts';
import { closeShift, countShift, moveDrawer, openShift, type ShiftContext, unknownShift } from './commands.ts';

export function shiftRoutes(journal: Journal, context: ShiftContext): Handlers<typeof shiftContract, Caller> {
  const { shifts, stores } = context;
  return {
    current: ({ caller }) => {
      const store = stores.current();
      if (!store)
        return refuse('not-ready', 'This store box has not received its store yet.', { next: 'Connect it to the centre once.' });
      const id = shifts.openShift(atTill(caller).till.id);
      return ok({ shift: id === null ? null : shifts.show(id), denominations: denominationsOf(store.currency) });
    },
    show: ({ params }) => (shifts.find(params.id) ? ok(shifts.show(params.id)) : unknownShift()),
    open: ({ body, caller }) => journal.write((commit) => openShift(commit, body, atTill(caller), context)),
    move: ({ body, caller }) => journal.write((commit) => moveDrawer(commit, body, atTill(caller), context)),
    count: ({ params, body, caller }) => journal.write((commit) => countShift(commit, params.id, body, atTill(caller), context)),
    close: ({ params, body, caller }) =>
      journal.write((commit) => closeShift(commit, params.id, body.reason ?? null, atTill(caller), context)),
  };
}
