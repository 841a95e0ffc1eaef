// Firmware images at the centre: brought once for the chain, named by the commands that ask devices to take them, and handed piece by piece
// to the nodes that lack them.
import { createHash } from 'node:crypto';
import { and, desc, eq, gt, sql } from 'drizzle-orm';
import { type DeviceKind, pours } from '#schema/rules/device';
import { firmwareText } from '#schema/rules/device-update';
import { deviceCommands, devices, firmwareImages } from '#schema/tables/central/device';
import { present } from '#schema/values/assert';
import { ok, type Result, refuse } from '#schema/values/result';
import { isoTime } from '#schema/values/time';
import type { BodyOf, OutputOf } from '#schema/wire/contract';
import type { CommandArgs } from '#schema/wire/device-command';
import {
  FIRMWARE_PIECE_BYTES,
  type firmwareContract,
  type firmwareSyncContract,
  readImage,
  type StoredFirmware,
} from '#schema/wire/firmware';
import { limitOf } from '#schema/wire/parts';
import type { Drizzle, Tx } from '../../base/database.ts';
import { type Page, pageOf, readCursor } from '../../base/page.ts';
import type { Context } from '../../base/runtime.ts';

const { digest, firmware, size, addedAt, addedBy } = firmwareImages;
/** The bytes stay in the database. */
const columns = { digest, firmware, size, addedAt, addedBy };

type Row = Omit<typeof firmwareImages.$inferSelect, 'image'>;

const storedOf = (row: Row): StoredFirmware => ({
  ...row,
  firmware: firmwareText(row.firmware),
  addedAt: isoTime(row.addedAt),
});

async function findImage(db: Drizzle, wanted: string): Promise<Row | undefined> {
  const [row] = await db.select(columns).from(firmwareImages).where(eq(digest, wanted));
  return row;
}

export async function addFirmware(
  tx: Tx,
  body: BodyOf<typeof firmwareContract.add>,
  { now, by }: Context,
): Promise<Result<StoredFirmware, 'bad-firmware' | 'bad-image' | 'other-version'>> {
  const read = readImage(body);
  if (!read.ok) return read;
  const { bytes, firmware: version } = read.value;
  const name = createHash('sha256').update(bytes).digest('hex');
  const image = { digest: name, firmware: version, size: bytes.length, image: bytes, addedAt: now, addedBy: by };
  await tx.insert(firmwareImages).values(image).onConflictDoNothing();
  const kept = present(await findImage(tx, name), 'the image was just added');
  if (kept.firmware === version) return ok(storedOf(kept));
  const known = firmwareText(kept.firmware);
  return refuse('other-version', `The same bytes are here as ${known}.`, {
    field: 'firmware',
    next: `Say ${known}; or remove that image first: lapak firmware remove ${known}`,
    facts: { digest: name, firmware: known },
  });
}

interface FirmwareQuery {
  limit?: string;
  after?: string;
}

export async function listFirmware(db: Drizzle, query: FirmwareQuery): Promise<Result<Page<StoredFirmware>, 'bad-cursor'>> {
  const cursor = readCursor<[number, string]>(query.after, ['number', 'string']);
  if (!cursor.ok) return cursor;
  const limit = limitOf(query);
  const before = cursor.value && sql`(${addedAt}, ${digest}) < (${cursor.value[0]}, ${cursor.value[1]})`;
  const rows = await db
    .select(columns)
    .from(firmwareImages)
    .where(before)
    .orderBy(desc(addedAt), desc(digest))
    .limit(limit + 1);
  return ok(pageOf(rows, limit, (row) => [row.addedAt, row.digest], storedOf));
}

/** Not while a device may yet be told to take it: its node may not have fetched it. */
export async function removeFirmware(
  tx: Tx,
  wanted: string,
  { now }: Context,
): Promise<Result<StoredFirmware, 'unknown-firmware' | 'firmware-in-use'>> {
  const [row] = await tx.select(columns).from(firmwareImages).where(eq(digest, wanted)).for('update');
  if (!row) return refuse('unknown-firmware', 'The centre has no such firmware image.', { field: 'digest' });
  const { state, command, args, expiresAt } = deviceCommands;
  const isAsked = and(eq(state, 'queued'), gt(expiresAt, now), eq(command, 'update'), sql`${args} ->> 'digest' = ${wanted}`);
  const [asked] = await tx
    .select({ name: devices.name, until: expiresAt })
    .from(deviceCommands)
    .innerJoin(devices, eq(devices.id, deviceCommands.deviceId))
    .where(isAsked)
    .orderBy(desc(expiresAt))
    .limit(1);
  if (asked)
    return refuse('firmware-in-use', `${asked.name} is asked to take it until ${isoTime(asked.until)}.`, {
      field: 'digest',
      next: 'Remove it when that has ended: lapak device show',
    });
  await tx.delete(firmwareImages).where(eq(digest, wanted));
  return ok(storedOf(row));
}

/** Whether a device can be asked that: to take a firmware it must be here, and it stays until the command is written. */
export async function checkFirmware(
  tx: Tx,
  kind: DeviceKind,
  { command, args }: { command: string; args: CommandArgs },
): Promise<Result<null, 'unknown-firmware'>> {
  if (!pours(kind) || command !== 'update') return ok(null);
  const [row] = await tx
    .select({ digest })
    .from(firmwareImages)
    .where(eq(digest, String(args.digest)))
    .for('share');
  if (row) return ok(null);
  return refuse('unknown-firmware', 'The centre has no firmware image with that digest.', {
    field: 'args.digest',
    next: 'Bring it and ask in one: lapak device update DEVICE FILE --firmware VERSION',
  });
}

export async function pieceOfFirmware(
  db: Drizzle,
  { digest: wanted, from }: { digest: string; from: number },
): Promise<Result<OutputOf<typeof firmwareSyncContract.piece>, 'unknown-firmware' | 'past-the-end'>> {
  const piece = sql<Uint8Array>`substring(${firmwareImages.image} FROM ${from + 1}::int FOR ${FIRMWARE_PIECE_BYTES}::int)`;
  const [row] = await db.select({ firmware, size, piece }).from(firmwareImages).where(eq(digest, wanted));
  if (!row) return refuse('unknown-firmware', 'The centre has no such firmware image.', { field: 'digest' });
  if (from >= row.size) return refuse('past-the-end', `The image has ${row.size} bytes.`, { field: 'from' });
  const bytes = Buffer.from(row.piece).toString('base64');
  return ok({ firmware: firmwareText(row.firmware), size: row.size, from, bytes });
}
