// What the node wants of a device's link, whatever carries it: whole message bytes in and out, and whether anyone is there.
// node/dispense speaks through it; behind it stands virtual/, which runs the dispenser's own core.

export type Presence = 'present' | 'lost';

export interface DriverEvents {
  /** One whole message of the device, as schema/wire/dispenser.ts lays it out. Never called from within a call into the driver. */
  message(bytes: Uint8Array): void;
  presence(presence: Presence): void;
}

export interface Driver {
  start(events: DriverEvents): Promise<void>;
  /** After it no event comes any more. */
  stop(): Promise<void>;
  /** False where nobody is there to take it. True says only that it was sent: answers are messages of their own. */
  send(message: Uint8Array): boolean;
}
