// The queues of commands: for each device one at a time, in the order in which they were given, once the device is there. One whose bytes may
// have left is never sent again by itself; its answer, or that there is none, is a fact.
import { deviceAnswered } from '#schema/facts/device-answered';
import type { DeviceKind } from '#schema/rules/device';
import { type CommandEvent, type CommandOutcome, commandMachine } from '#schema/rules/device-command';
import { canonical, type Json } from '#schema/values/canonical';
import type { Clock } from '#schema/values/clock';
import { ok, type Result, refuse } from '#schema/values/result';
import { type CommandArgs, checkCommand } from '#schema/wire/device-command';
import type { Log } from '../../base/log.ts';
import type { Sqlite } from '../../base/sqlite.ts';
import type { Commit, Journal } from '../../journal/commit.ts';
import { type CommandRow, type CommandRows, openCommandRows } from './rows.ts';

const MAX_WAITING = 50;
const REMEMBERED_MS = 30 * 86_400_000;

export interface CommandAnswer {
  outcome: 'done' | 'failed';
  detail: string | null;
}

interface CommandEnding {
  outcome: CommandOutcome;
  detail: string | null;
}

/** Whoever carries out commands for one device that runs. */
export interface DeviceHand {
  isThere(): boolean;
  /** `silent`: it was sent and nobody answered in time. `later`: the answer comes by `answer`, however long that takes. */
  obey(command: {
    id: string;
    command: string;
    args: CommandArgs;
    expiresAt: number;
  }): Promise<CommandAnswer | 'silent' | 'later'>;
}

export interface CommandWish {
  id: string;
  deviceId: string;
  command: string;
  args: CommandArgs;
  expiresAt: number;
  directiveId: string | null;
  staff: string | null;
}

export type GiveRefusal = 'unknown-command' | 'bad-args' | 'id-reused' | 'queue-full' | 'expired';

export interface CommandQueue {
  /** Within the commit of whoever asks. The same wish again is the same command. */
  give(commit: Commit, wish: CommandWish, kind: DeviceKind): Result<CommandRow, GiveRefusal>;
  /**
   * What a device said of a command, however late, or what is known without it. One that is not known, or is answered already, says
   * nothing new. What else it changes on disk is done in the same commit.
   */
  answer(commandId: string, deviceId: string, ending: CommandEnding, also?: () => void): Promise<void>;
  /** The device is there, or something was given to it, or what a command waited for has come. */
  nudge(deviceId: string): void;
  /** Ends what nobody wants any more, also for devices that do not run. */
  sweep(): Promise<void>;
  rows: Pick<CommandRows, 'byId' | 'ofDevice' | 'waiting' | 'queued'>;
  /** What was sent before the node stopped has no answer any more, but for what takes long by its nature and goes on. */
  start(goesOn: (row: CommandRow) => boolean): Promise<void>;
  stop(): Promise<void>;
}

interface QueueParts {
  sqlite: Sqlite;
  journal: Journal;
  clock: Clock;
  now: () => number;
  log: Log;
  handOf(deviceId: string): DeviceHand | undefined;
  /** Whether what it needs is on this machine; those after it do not wait for that. */
  isReady(row: CommandRow): boolean;
  onStep(row: CommandRow): void;
}

const eventOf = { done: 'succeed', failed: 'fail', expired: 'expire', unknown: 'doubt' } as const satisfies Record<
  CommandOutcome,
  CommandEvent
>;

export function openCommandQueue(parts: QueueParts): CommandQueue {
  const { sqlite, journal, clock, now, log, handOf, isReady, onStep } = parts;
  const rows = openCommandRows(sqlite);
  const working = new Map<string, Promise<void>>();
  const nudged = new Set<string>();
  const cancels = new Set<() => void>();
  let stopped = false;

  /** Step and fact are one commit. Whatever came meanwhile is looked at there. */
  async function end(id: string, { outcome, detail }: CommandEnding, also?: () => void): Promise<void> {
    const ended = await journal.write((commit) => {
      also?.();
      const row = rows.byId(id);
      if (!row || !commandMachine.can(row.state, eventOf[outcome])) return ok(null);
      const { deviceId, directiveId, staff } = row;
      commit.append(deviceAnswered, { deviceId, commandId: id, directiveId, outcome, detail }, { staff });
      return ok(rows.step(row, eventOf[outcome], commit.now, detail));
    });
    if (ended.ok && ended.value) onStep(ended.value);
  }

  async function sendNext(deviceId: string): Promise<boolean> {
    const hand = handOf(deviceId);
    if (!hand?.isThere()) return false;
    const sent = await journal.write((commit) => {
      const row = rows.queued(deviceId).find(isReady);
      if (!row || row.expiresAt <= commit.now) return ok(null);
      return ok(rows.step(row, 'send', commit.now));
    });
    if (!sent.ok || !sent.value) return false;
    const { id, command, args, expiresAt } = sent.value;
    onStep(sent.value);
    const answer = await hand.obey({ id, command, args: JSON.parse(args) as CommandArgs, expiresAt });
    // A node that stops does not know more of it than one that was killed.
    if (stopped || answer === 'later') return !stopped;
    await end(id, answer === 'silent' ? { outcome: 'unknown', detail: 'no-answer' } : answer);
    return true;
  }

  async function work(deviceId: string): Promise<void> {
    do {
      nudged.delete(deviceId);
      await expire();
      while (!stopped && (await sendNext(deviceId)));
    } while (nudged.has(deviceId) && !stopped);
  }

  function nudge(deviceId: string): void {
    nudged.add(deviceId);
    if (stopped || working.has(deviceId)) return;
    const run = work(deviceId)
      .catch((error: unknown) => log.error({ error, deviceId }, 'commands of a device could not be sent'))
      .then(() => void working.delete(deviceId));
    working.set(deviceId, run);
  }

  async function expire(): Promise<void> {
    for (const { id } of rows.overdue(now())) await end(id, { outcome: 'expired', detail: null });
  }

  function nudgeSoon(deviceId: string): void {
    const cancel = clock.after(0, () => {
      cancels.delete(cancel);
      nudge(deviceId);
    });
    cancels.add(cancel);
  }

  return {
    rows,
    nudge,
    give(commit, wish, kind) {
      const { id, deviceId, command, expiresAt } = wish;
      const args = canonical(wish.args as Json);
      const known = rows.byId(id);
      if (known) {
        const isSame = known.deviceId === deviceId && known.command === command && known.args === args;
        return isSame ? ok(known) : refuse('id-reused', 'That id was used for another command.', { field: 'id' });
      }
      const possible = checkCommand(kind, wish);
      if (!possible.ok) return possible;
      if (expiresAt <= commit.now) return refuse('expired', 'Nobody wants that command any more.');
      if (rows.waiting(deviceId) >= MAX_WAITING)
        return refuse('queue-full', `${MAX_WAITING} commands wait for that device.`, {
          next: 'Wait until it is there, or until they have expired.',
        });
      const row = rows.add({ ...wish, args }, commit.now);
      nudgeSoon(deviceId);
      return ok(row);
    },
    async answer(commandId, deviceId, ending, also) {
      if (rows.byId(commandId)?.deviceId === deviceId) await end(commandId, ending, also);
    },
    async sweep() {
      await expire();
      rows.prune(now() - REMEMBERED_MS);
    },
    async start(goesOn) {
      for (const row of rows.unanswered()) if (!goesOn(row)) await end(row.id, { outcome: 'unknown', detail: 'restarted' });
    },
    async stop() {
      stopped = true;
      for (const cancel of cancels) cancel();
      await Promise.all(working.values());
    },
  };
}
