// The machines of the stores: what the centre decided that they are, where they are reached and what they are told.
import { sql } from 'drizzle-orm';
import { boolean, check, index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { DeviceConfig, DeviceKind, DeviceLink, DeviceSlot } from '../../rules/device.ts';
import type { CommandState } from '../../rules/device-command.ts';
import type { DeviceAlert } from '../../rules/telemetry.ts';
import type { CommandArgs } from '../../wire/device-command.ts';
import { at, atOrNull, bytes, id, whole, wholeOrNull, words } from './columns.ts';
import { stores } from './store.ts';

export const devices = pgTable(
  'devices',
  {
    id: id().primaryKey(),
    storeId: id().references(() => stores.id),
    kind: words().$type<DeviceKind>(),
    /** What one that pours is called on the wire: 32 bits, unique in the chain, so that a voucher of another store is told apart. */
    number: wholeOrNull().unique(),
    name: words(),
    slots: jsonb().$type<DeviceSlot[]>().notNull(),
    /** Null while nobody has said how it is reached. */
    link: jsonb().$type<DeviceLink>(),
    config: jsonb().$type<DeviceConfig>().notNull(),
    /** Rises with every change of what the device itself is told. */
    configVersion: whole(),
    /** Of its root key, 0 before it has one: a node that has an older one asks for it. */
    keyNumber: whole().default(0),
    archived: boolean().notNull().default(false),
    version: whole(),
    createdAt: at(),
  },
  (table) => [
    index('devices_by_store').on(table.storeId, table.name, table.id),
    check('devices_number', sql`${table.number} IS NULL OR ${table.number} BETWEEN 1 AND 4294967295`),
  ],
);

/** What a device and its node know of each other and nobody else. */
export const deviceKeys = pgTable('device_keys', {
  deviceId: id()
    .primaryKey()
    .references(() => devices.id),
  /** A board that takes the place of another is given another key. */
  number: whole(),
  /** The root key under the installation's secret key. */
  sealed: words(),
  madeAt: at(),
  madeBy: uuid(),
});

/** How each device stands, as its node last told; also those that only its node knows. */
export const deviceStates = pgTable(
  'device_states',
  {
    storeId: id(),
    deviceId: id(),
    state: words().$type<'online' | 'offline' | 'fault'>(),
    reason: text(),
    firmware: text(),
    configVersion: wholeOrNull(),
    lastSeenAt: atOrNull(),
    since: at(),
  },
  (table) => [primaryKey({ columns: [table.storeId, table.deviceId] })],
);

/** Of each that pours: whether somebody took it out of use, and when goods last came out of it. */
export const dispenserStates = pgTable(
  'dispenser_states',
  {
    storeId: id(),
    deviceId: id(),
    /** Null while it is in use. */
    pausedAt: atOrNull(),
    pausedBy: uuid(),
    /** When it was last taken out of use, or back. */
    pauseChangedAt: atOrNull(),
    lastGoodAt: atOrNull(),
  },
  (table) => [primaryKey({ columns: [table.storeId, table.deviceId] })],
);

/** What the pours of each business day came to. */
export const dispenserDays = pgTable(
  'dispenser_days',
  {
    storeId: id(),
    businessDate: words(),
    deviceId: id(),
    ok: whole(),
    failed: whole(),
    uncertain: whole(),
  },
  (table) => [primaryKey({ columns: [table.storeId, table.businessDate, table.deviceId] })],
);

export const deviceAlertRows = pgTable(
  'device_alerts',
  {
    storeId: id(),
    deviceId: id(),
    what: words().$type<DeviceAlert>(),
    since: at(),
    value: whole(),
    limit: whole(),
    overAt: atOrNull(),
  },
  (table) => [primaryKey({ columns: [table.storeId, table.deviceId, table.since, table.what] })],
);

export const deviceTelemetry = pgTable(
  'device_telemetry',
  {
    storeId: id(),
    deviceId: id(),
    metric: words(),
    fromAt: at(),
    toAt: at(),
    count: whole(),
    min: whole(),
    max: whole(),
    mean: whole(),
    last: whole(),
  },
  (table) => [
    primaryKey({ columns: [table.storeId, table.deviceId, table.fromAt, table.metric] }),
    index('device_telemetry_by_end').on(table.toAt),
  ],
);

export const deviceCommands = pgTable(
  'device_commands',
  {
    id: id().primaryKey(),
    storeId: id(),
    deviceId: id().references(() => devices.id),
    directiveId: id().unique(),
    command: words(),
    args: jsonb().$type<CommandArgs>().notNull(),
    state: words().$type<CommandState>(),
    detail: text(),
    askedAt: at(),
    askedBy: uuid(),
    expiresAt: at(),
    answeredAt: atOrNull(),
  },
  (table) => [
    index('device_commands_by_device').on(table.deviceId, table.askedAt, table.id),
    index('device_commands_open').on(table.expiresAt).where(sql`${table.state} = 'queued'`),
  ],
);

/** Firmware for the dispensers of the chain, by the SHA-256 of its bytes. */
export const firmwareImages = pgTable(
  'firmware_images',
  {
    digest: words().primaryKey(),
    /** As the wire of the dispensers has it. */
    firmware: whole(),
    size: whole(),
    image: bytes().notNull(),
    addedAt: at(),
    addedBy: uuid(),
  },
  (table) => [index('firmware_images_by_time').on(table.addedAt, table.digest)],
);
