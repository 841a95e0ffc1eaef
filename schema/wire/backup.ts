// Backups of a store node's database, as its own machine asks for them and reads how they stand.
import Type, { type Static } from 'typebox';
import { Count, Input, orNull, Time } from './parts.ts';

export const BackupWish = Input({
  /** A folder of that machine; the node's own unless said. */
  to: Type.Optional(Type.String({ minLength: 1, maxLength: 1_000 })),
});

export const Backup = Type.Object({
  file: Type.String(),
  at: Time,
  bytes: Count,
  /** How many facts were read again in the copy, each by its hash. */
  facts: Count,
});

export type Backup = Static<typeof Backup>;

export const BackupState = Type.Object({
  folder: Type.String(),
  /** The last one that was written and verified. */
  lastAt: orNull(Time),
  /** When one last failed, and why; null once one has succeeded after it. */
  failedAt: orNull(Time),
  why: orNull(Type.String()),
  nextAt: orNull(Time),
});

export type BackupState = Static<typeof BackupState>;
