// Time, chance and waiting as arguments: each side's base gives the real ones, tests and the simulation give their own.

export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Calls once after the delay; the returned function cancels. */
  after(delayMs: number, call: () => void): () => void;
}

/** Fills with unpredictable bytes; keys, tokens and codes come from it. */
export type RandomBytes = (length: number) => Uint8Array;
