// Commands to devices: given as a directive to the device's store, and what its facts say became of them.
import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { DeviceAnswered } from '#schema/facts/device-answered';
import { deviceCommands, devices } from '#schema/tables/central/device';
import { present } from '#schema/values/assert';
import { ok, type Result, refuse } from '#schema/values/result';
import { isoTime } from '#schema/values/time';
import { COMMAND_TTL_S, checkCommand, type GiveCommand } from '#schema/wire/device-command';
import type { DeviceOrder } from '#schema/wire/device-order';
import { limitOf } from '#schema/wire/parts';
import type { Drizzle, Tx } from '../../base/database.ts';
import { claimId } from '../../base/intent.ts';
import { type Page, pageOf, readCursor } from '../../base/page.ts';
import type { AppliedFact } from '../../base/reaction.ts';
import type { Context } from '../../base/runtime.ts';
import { sendDirective } from '../stores/commands.ts';
import { checkFirmware } from './firmware.ts';
import { findDevice } from './queries.ts';

type Row = typeof deviceCommands.$inferSelect;
type GiveRefusal = 'unknown-device' | 'device-archived' | 'unknown-command' | 'bad-args' | 'unknown-firmware' | 'id-reused';

export async function giveCommand(
  tx: Tx,
  { deviceId, ...wish }: GiveCommand & { deviceId: string },
  context: Context,
): Promise<Result<DeviceOrder, GiveRefusal>> {
  const { id, command, args = {}, ttlSeconds = COMMAND_TTL_S } = wish;
  const { now, by, makeId } = context;
  const device = await findDevice(tx, deviceId);
  if (!device) return refuse('unknown-device', 'There is no such device.', { field: 'id' });
  const claimed = await claimId(tx, id, { kind: 'device-command', deviceId, ...wish }, now);
  if (!claimed.ok) return claimed;
  if (claimed.value === 'again')
    return ok(present(await findOrder(tx, { deviceId, id, now }), 'the id of a command was claimed without it'));
  const { storeId, archived, name } = device;
  if (archived)
    return refuse('device-archived', `${name} was archived.`, {
      field: 'id',
      next: 'Bring it back first: lapak device archive --undo',
    });
  const possible = checkCommand(device.kind, { command, args });
  if (!possible.ok) return possible;
  const firmware = await checkFirmware(tx, device.kind, { command, args });
  if (!firmware.ok) return firmware;
  const expiresAt = now + ttlSeconds * 1_000;
  const directiveId = makeId();
  const body = { commandId: id, deviceId, command, args, expiresAt };
  const sent = await sendDirective(tx, { id: directiveId, storeId, kind: 'device.command', body }, context);
  if (!sent.ok) return sent;
  const row = {
    id,
    storeId,
    deviceId,
    directiveId,
    command,
    args,
    state: 'queued' as const,
    askedAt: now,
    askedBy: by,
    expiresAt,
  };
  await tx.insert(deviceCommands).values(row);
  return ok(orderOf({ ...row, detail: null, answeredAt: null }, now));
}

const orderOf = (
  { id, deviceId, command, args, state, detail, askedAt, expiresAt, answeredAt }: Row,
  now: number,
): DeviceOrder => ({
  id,
  deviceId,
  command,
  args,
  state,
  detail,
  askedAt: isoTime(askedAt),
  expiresAt: isoTime(expiresAt),
  overdue: state === 'queued' && expiresAt <= now,
  answeredAt: answeredAt === null ? null : isoTime(answeredAt),
});

export async function findOrder(
  db: Drizzle,
  { deviceId, id, now }: { deviceId: string; id: string; now: number },
): Promise<DeviceOrder | undefined> {
  const [row] = await db
    .select()
    .from(deviceCommands)
    .where(and(eq(deviceCommands.id, id), eq(deviceCommands.deviceId, deviceId)));
  return row && orderOf(row, now);
}

interface OrderQuery {
  deviceId: string;
  now: number;
  limit?: string;
  after?: string;
}

export async function listOrders(
  db: Drizzle,
  query: OrderQuery,
): Promise<Result<Page<DeviceOrder>, 'bad-cursor' | 'unknown-device'>> {
  const cursor = readCursor<[number, string]>(query.after, ['number', 'id']);
  if (!cursor.ok) return cursor;
  if (!(await deviceExists(db, query.deviceId))) return refuse('unknown-device', 'There is no such device.', { field: 'id' });
  const limit = limitOf(query);
  const { askedAt, id, deviceId } = deviceCommands;
  const before = cursor.value && sql`(${askedAt}, ${id}) < (${cursor.value[0]}, ${cursor.value[1]})`;
  const rows = await db
    .select()
    .from(deviceCommands)
    .where(and(eq(deviceId, query.deviceId), before))
    .orderBy(desc(askedAt), desc(id))
    .limit(limit + 1);
  return ok(
    pageOf(
      rows,
      limit,
      (row) => [row.askedAt, row.id],
      (row) => orderOf(row, query.now),
    ),
  );
}

export async function deviceExists(db: Drizzle, deviceId: string): Promise<boolean> {
  const [row] = await db.select({ id: devices.id }).from(devices).where(eq(devices.id, deviceId));
  return row !== undefined;
}

/** The first answer holds, but for one that nobody knew: a late one may tell. */
export async function noteAnswers(tx: Tx, storeId: string, facts: readonly AppliedFact<DeviceAnswered>[]): Promise<void> {
  for (const { occurredAt, body } of facts) {
    const { commandId, deviceId, outcome, detail } = body;
    const open = outcome === 'unknown' || outcome === 'expired' ? (['queued'] as const) : (['queued', 'unknown'] as const);
    await tx
      .update(deviceCommands)
      .set({ state: outcome, detail, answeredAt: occurredAt })
      .where(
        and(
          eq(deviceCommands.id, commandId),
          eq(deviceCommands.storeId, storeId),
          eq(deviceCommands.deviceId, deviceId),
          inArray(deviceCommands.state, [...open]),
        ),
      );
  }
}

/** A node that could not even queue it says so of the directive. */
export async function noteRefusal(
  tx: Tx,
  storeId: string,
  { directiveId, code, detail, at }: { directiveId: string; code: string; detail: string; at: number },
): Promise<void> {
  const state = code === 'expired' ? ('expired' as const) : ('failed' as const);
  await tx
    .update(deviceCommands)
    .set({ state, detail, answeredAt: at })
    .where(
      and(eq(deviceCommands.directiveId, directiveId), eq(deviceCommands.storeId, storeId), eq(deviceCommands.state, 'queued')),
    );
}
