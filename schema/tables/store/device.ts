// local: what this machine keeps of its devices between two starts. What others must know of it are facts.
import { blob, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Commands to devices, and what became of them. */
export const deviceCommands = sqliteTable(
  'device_commands',
  {
    id: text().primaryKey(),
    /** In the order in which they were given. */
    place: integer().notNull().unique(),
    deviceId: text().notNull(),
    command: text().notNull(),
    args: text().notNull(),
    state: text().notNull(),
    detail: text(),
    directiveId: text(),
    staff: text(),
    queuedAt: integer().notNull(),
    expiresAt: integer().notNull(),
    /** When it first may have left. */
    sentAt: integer(),
    endedAt: integer(),
  },
  (table) => [
    index('device_commands_by_state').on(table.state, table.deviceId, table.place),
    index('device_commands_by_device').on(table.deviceId, table.place),
    index('device_commands_by_end').on(table.endedAt),
  ],
);

/** How each device was last told of, and when it was last heard. */
export const deviceStandings = sqliteTable('device_standings', {
  deviceId: text().primaryKey(),
  state: text().notNull(),
  reason: text(),
  firmware: text(),
  configVersion: integer(),
  lastSeenAt: integer(),
});

/** Readings, thinned and for some days. */
export const telemetryReadings = sqliteTable(
  'telemetry_readings',
  {
    number: integer().primaryKey({ autoIncrement: true }),
    deviceId: text().notNull(),
    metric: text().notNull(),
    value: integer().notNull(),
    at: integer().notNull(),
  },
  (table) => [index('telemetry_by_metric').on(table.deviceId, table.metric, table.at), index('telemetry_by_time').on(table.at)],
);

/** What is being added up and no fact has told yet: every reading is in it, kept or not. */
export const telemetrySums = sqliteTable(
  'telemetry_sums',
  {
    deviceId: text().notNull(),
    metric: text().notNull(),
    from: integer().notNull(),
    to: integer().notNull(),
    count: integer().notNull(),
    min: integer().notNull(),
    max: integer().notNull(),
    total: integer().notNull(),
    last: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.deviceId, table.metric] })],
);

/** What is outside its bounds, since when, and whether somebody was told. */
export const deviceWatches = sqliteTable(
  'device_watches',
  {
    deviceId: text().notNull(),
    what: text().notNull(),
    since: integer().notNull(),
    told: integer({ mode: 'boolean' }).notNull(),
    value: integer().notNull(),
    limit: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.deviceId, table.what] })],
);

/** Firmware for dispensers, by the SHA-256 of its bytes. */
export const firmwareImages = sqliteTable('firmware_images', {
  digest: text().primaryKey(),
  firmware: integer().notNull(),
  size: integer().notNull(),
  image: blob({ mode: 'buffer' }).notNull(),
  addedAt: integer().notNull(),
});

/** The update that a device is in, or was in last. */
export const deviceUpdates = sqliteTable('device_updates', {
  deviceId: text().primaryKey(),
  /** The command that it answers. */
  commandId: text().notNull(),
  digest: text().notNull(),
  state: text().notNull(),
  received: integer().notNull(),
  /** The start of the device that has what was received; null before it has greeted. */
  bootId: text(),
  /** When nobody wants it any more. */
  expiresAt: integer().notNull(),
  startedAt: integer().notNull(),
  changedAt: integer().notNull(),
});
