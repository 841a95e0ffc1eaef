// Commands on disk: what waits, what was sent, and what became of the rest. A step is written before or after what it says: `sent` before the
// first byte leaves, an end after the device said so.
import { type CommandEvent, type CommandState, commandMachine } from '#schema/rules/device-command';
import { assert, present } from '#schema/values/assert';
import { isoTime } from '#schema/values/time';
import type { CommandArgs, DeviceCommand } from '#schema/wire/device-command';
import { rowOf, rowsOf, type Sqlite, writer } from '../../base/sqlite.ts';

export interface CommandRow {
  id: string;
  place: number;
  deviceId: string;
  command: string;
  /** JSON, its names in their order. */
  args: string;
  state: CommandState;
  detail: string | null;
  directiveId: string | null;
  staff: string | null;
  queuedAt: number;
  expiresAt: number;
  sentAt: number | null;
  endedAt: number | null;
}

export type NewCommand = Pick<CommandRow, 'id' | 'deviceId' | 'command' | 'args' | 'directiveId' | 'staff' | 'expiresAt'>;

export interface CommandRows {
  add(command: NewCommand, at: number): CommandRow;
  byId(id: string): CommandRow | undefined;
  /** Those that wait for this device, in the order in which they were given. */
  queued(deviceId: string): CommandRow[];
  waiting(deviceId: string): number;
  /** Those that nobody wants any more. */
  overdue(now: number): CommandRow[];
  /** Those that were sent and have no answer. */
  unanswered(): CommandRow[];
  /** Newest first, before this place. */
  ofDevice(deviceId: string, before: number | undefined, limit: number): CommandRow[];
  /** The step must be legal. */
  step(row: CommandRow, event: CommandEvent, at: number, detail?: string | null): CommandRow;
  prune(endedBefore: number): void;
}

const select = (condition: string) =>
  `SELECT id, place, device_id AS deviceId, command, args, state, detail, directive_id AS directiveId, staff, queued_at AS queuedAt,
     expires_at AS expiresAt, sent_at AS sentAt, ended_at AS endedAt
   FROM device_commands WHERE ${condition}`;

export function openCommandRows(sqlite: Sqlite): CommandRows {
  const insert = writer(
    sqlite,
    `INSERT INTO device_commands (id, place, device_id, command, args, state, directive_id, staff, queued_at, expires_at)
     VALUES (?, (SELECT coalesce(max(place), 0) + 1 FROM device_commands), ?, ?, ?, 'queued', ?, ?, ?, ?)`,
  );
  const readOne = rowOf<CommandRow>(sqlite, select('id = ?'));
  const readQueued = rowsOf<CommandRow>(sqlite, select(`state = 'queued' AND device_id = ? ORDER BY place`));
  const count = rowOf<{ waiting: number }>(
    sqlite,
    `SELECT count(*) AS waiting FROM device_commands WHERE state IN ('queued', 'sent') AND device_id = ?`,
  );
  const readOverdue = rowsOf<CommandRow>(sqlite, select(`state = 'queued' AND expires_at <= ? ORDER BY place`));
  const readSent = rowsOf<CommandRow>(sqlite, select(`state = 'sent' ORDER BY place`));
  const readPage = rowsOf<CommandRow>(sqlite, select('device_id = ? AND place < ? ORDER BY place DESC LIMIT ?'));
  const write = writer(
    sqlite,
    'UPDATE device_commands SET state = ?, detail = ?, sent_at = ?, ended_at = ? WHERE id = ? AND state = ?',
  );
  const prune = writer(sqlite, 'DELETE FROM device_commands WHERE ended_at < ?');
  const reread = (id: string) => present(readOne(id), `command ${id}`);
  return {
    add({ id, deviceId, command, args, directiveId, staff, expiresAt }, at) {
      insert(id, deviceId, command, args, directiveId, staff, at, expiresAt);
      return reread(id);
    },
    byId: (id) => readOne(id),
    queued: (deviceId) => readQueued(deviceId),
    waiting: (deviceId) => count(deviceId)?.waiting ?? 0,
    overdue: (now) => readOverdue(now),
    unanswered: () => readSent(),
    ofDevice: (deviceId, before, limit) => readPage(deviceId, before ?? Number.MAX_SAFE_INTEGER, limit),
    step(row, event, at, detail = null) {
      const to = commandMachine.step(row.state, event);
      assert(to.ok, `a command that is ${row.state} cannot ${event}`);
      const isSent = to.value === 'sent';
      const changed = write(to.value, detail, isSent ? at : row.sentAt, isSent ? null : at, row.id, row.state);
      assert(changed === 1, `command ${row.id} was changed meanwhile`);
      return reread(row.id);
    },
    prune: (endedBefore) => void prune(endedBefore),
  };
}

export const commandView = (row: CommandRow): DeviceCommand => ({
  id: row.id,
  deviceId: row.deviceId,
  command: row.command,
  args: JSON.parse(row.args) as CommandArgs,
  state: row.state,
  detail: row.detail,
  queuedAt: isoTime(row.queuedAt),
  expiresAt: isoTime(row.expiresAt),
  sentAt: row.sentAt === null ? null : isoTime(row.sentAt),
  endedAt: row.endedAt === null ? null : isoTime(row.endedAt),
});
