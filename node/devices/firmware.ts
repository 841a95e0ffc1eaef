// Firmware at the node: images by the SHA-256 of their bytes, and how far each device is with its update.
import { createHash } from 'node:crypto';
import { type TimeOver, timeOver, type UpdateState, updateMachine } from '#schema/rules/device-update';
import { rowOf, rowsOf, type Sqlite, writer } from '../base/sqlite.ts';
import { unsynced } from '../base/unsynced.ts';

/** Of those that no device needs, or is asked to take. */
const IMAGES_KEPT = 3;
/** Between two steps it is kept on disk how far the pieces are, every so many bytes. */
const KEPT_EVERY_BYTES = 32_768;

export interface Image {
  digest: string;
  firmware: number;
  size: number;
}

export interface UpdateRow {
  deviceId: string;
  commandId: string;
  digest: string;
  state: UpdateState;
  received: number;
  /** The start of the device that has what was received. */
  bootId: string | null;
  expiresAt: number;
}

type Progress = Pick<UpdateRow, 'state' | 'received' | 'bootId'>;

export interface Firmware {
  /** The same bytes again are the same image. */
  add(firmware: number, bytes: Uint8Array, at: number): Image;
  image(digest: string): Image | undefined;
  images(): Image[];
  bytes(digest: string): Uint8Array | undefined;
  /** The update that a device is in, or was in last. */
  update(deviceId: string): UpdateRow | undefined;
  begin(update: Pick<UpdateRow, 'deviceId' | 'commandId' | 'digest' | 'expiresAt'>, at: number): UpdateRow;
  step(deviceId: string, progress: Progress, at: number): void;
  /** Those whose time is over, each with how it ends. */
  overdue(now: number): { row: UpdateRow; over: TimeOver }[];
}

export const isUnfinished = (row: UpdateRow | undefined): row is UpdateRow =>
  row !== undefined && !updateMachine.isFinal(row.state);

export function openFirmware(sqlite: Sqlite): Firmware {
  const lazily = unsynced(sqlite);
  const readImages = rowsOf<Image>(sqlite, 'SELECT digest, firmware, size FROM firmware_images ORDER BY added_at DESC, digest');
  const readImage = rowOf<Image>(sqlite, 'SELECT digest, firmware, size FROM firmware_images WHERE digest = ?');
  const readBytes = rowOf<{ image: Buffer }>(sqlite, 'SELECT image FROM firmware_images WHERE digest = ?');
  const insertImage = writer(
    sqlite,
    `INSERT INTO firmware_images (digest, firmware, size, image, added_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (digest) DO UPDATE SET firmware = excluded.firmware, added_at = excluded.added_at`,
  );
  const dropImage = writer(sqlite, 'DELETE FROM firmware_images WHERE digest = ?');
  const selectUpdates = `SELECT device_id AS deviceId, command_id AS commandId, digest, state, received, boot_id AS bootId,
    expires_at AS expiresAt FROM device_updates`;
  const readUpdate = rowOf<UpdateRow>(sqlite, `${selectUpdates} WHERE device_id = ?`);
  const readUpdates = rowsOf<UpdateRow>(sqlite, selectUpdates);
  const readAsked = rowsOf<{ digest: string }>(
    sqlite,
    `SELECT args ->> '$.digest' AS digest FROM device_commands WHERE state = 'queued' AND command = 'update'`,
  );
  const insertUpdate = writer(
    sqlite,
    `INSERT INTO device_updates (device_id, command_id, digest, state, received, expires_at, started_at, changed_at)
     VALUES (?, ?, ?, ?, 0, ?, ?, ?)
     ON CONFLICT (device_id) DO UPDATE SET command_id = excluded.command_id, digest = excluded.digest, state = excluded.state, received = 0,
       boot_id = NULL, expires_at = excluded.expires_at, started_at = excluded.started_at, changed_at = excluded.changed_at`,
  );
  const writeUpdate = writer(
    sqlite,
    'UPDATE device_updates SET state = ?, received = ?, boot_id = ?, changed_at = ? WHERE device_id = ?',
  );

  function prune(): void {
    const needed = new Set([...readUpdates().filter(isUnfinished), ...readAsked()].map(({ digest }) => digest));
    const spare = readImages().filter(({ digest }) => !needed.has(digest));
    for (const { digest } of spare.slice(IMAGES_KEPT)) dropImage(digest);
  }

  return {
    add(firmware, bytes, at) {
      const digest = createHash('sha256').update(bytes).digest('hex');
      insertImage(digest, firmware, bytes.length, bytes, at);
      prune();
      return { digest, firmware, size: bytes.length };
    },
    image: (digest) => readImage(digest),
    images: () => readImages(),
    bytes: (digest) => readBytes(digest)?.image,
    update: (deviceId) => readUpdate(deviceId),
    begin(update, at) {
      const { deviceId, commandId, digest, expiresAt } = update;
      insertUpdate(deviceId, commandId, digest, updateMachine.initial, expiresAt, at, at);
      return { ...update, state: updateMachine.initial, received: 0, bootId: null };
    },
    step(deviceId, { state, received, bootId }, at) {
      const kept = readUpdate(deviceId);
      if (!isUnfinished(kept)) return;
      if (kept.state !== state) writeUpdate(state, received, bootId, at, deviceId);
      else if (received - kept.received >= KEPT_EVERY_BYTES) lazily(() => writeUpdate(state, received, bootId, at, deviceId));
    },
    overdue: (now) =>
      readUpdates().flatMap((row) => {
        const over = timeOver(row, now);
        return over ? [{ row, over }] : [];
      }),
  };
}
