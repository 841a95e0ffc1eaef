// What is wrong with a store node itself, in words for whoever stands before a till or administers it.
import Type, { type Static } from 'typebox';
import { oneOf, Time } from './parts.ts';

export const troubleCodes = [
  'replaced',
  'damaged',
  'disk-full',
  'disk-low',
  'clock-off',
  'backup-failed',
  'device-alert',
] as const;

export const Trouble = Type.Object({
  code: oneOf(...troubleCodes),
  since: Time,
  /** Nothing is written down any more, so nothing may be sold. */
  stopsSelling: Type.Boolean(),
  detail: Type.String(),
  next: Type.String(),
});

export type Trouble = Static<typeof Trouble>;
