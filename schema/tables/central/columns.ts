// Column types that every central table uses, so that money, ids and times look the same everywhere.
import { bigint, customType, text, uuid } from 'drizzle-orm/pg-core';

/** An id that its creator made. */
export const id = () => uuid().notNull();
/** Minor units of money, quantities, milliseconds: whole numbers that JavaScript can hold exactly. */
export const whole = () => bigint({ mode: 'number' }).notNull();
export const wholeOrNull = () => bigint({ mode: 'number' });
/** UTC milliseconds. */
export const at = whole;
export const atOrNull = wholeOrNull;
export const words = () => text().notNull();
export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array; notNull: true }>({ dataType: () => 'bytea' });
