// What connects a played dispenser to its node: a serial line or a broker. Its power and its messages come from the machine.
import type { VirtualDispenser } from '#node/devices/virtual/dispenser';

/** The dispenser as its cable sees it. */
export type CableEnd = Pick<VirtualDispenser, 'send' | 'setLink'>;

export interface Cable {
  /** A boot begins; null when the power goes, and all that was on its way with it. */
  power(bootId: Uint8Array | null): void;
  /** One message of the dispenser. */
  send(message: Uint8Array): void;
  setPlugged(plugged: boolean): void;
  /** How much of what it carries suffers, from 0 to 1: bytes of a line change or go, messages of a broker come twice. */
  setNoise(share: number): void;
  stop(): Promise<void>;
}

/** Whether something with this probability happens. */
export type Chance = (share: number) => boolean;
