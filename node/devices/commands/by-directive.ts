// A command that the centre gives: it waits in the queue like any other, and what became of it names the directive.
import { deviceAnswered } from '#schema/facts/device-answered';
import { ok, type Result, refuse } from '#schema/values/result';
import type { Commit } from '../../journal/commit.ts';
import type { CommandWish, GiveRefusal } from './queue.ts';

export type GiveToDevice = (commit: Commit, wish: CommandWish) => Result<unknown, GiveRefusal | 'unknown-device'>;

export function commandDevice(
  commit: Commit,
  wish: Omit<CommandWish, 'staff'>,
  give: GiveToDevice,
): Result<unknown, GiveRefusal | 'not-ready'> {
  const given = give(commit, { ...wish, staff: null });
  if (given.ok) return given;
  const { id: commandId, deviceId, directiveId, expiresAt } = wish;
  if (expiresAt > commit.now)
    // Its row may still be on its way.
    return given.code === 'unknown-device' ? refuse('not-ready', given.detail) : { ...given, code: given.code };
  commit.append(deviceAnswered, { deviceId, commandId, directiveId, outcome: 'expired', detail: null });
  return ok(null);
}
