// PINs at the node: argon2id hashes that the centre made, and the same time spent for somebody whom the store does not have.

export async function isPin(pin: string, pinHash: string): Promise<boolean> {
  // A store without staff does not load what looks at PINs.
  const { verify } = await import('@node-rs/argon2');
  return verify(pinHash, pin);
}

/** Verified when there is no such person, so that the answer takes as long. No PIN gives this hash. */
export const nobodysPin = `$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGlzIGhlcmU$${'A'.repeat(43)}`;
