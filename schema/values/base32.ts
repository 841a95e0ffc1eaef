// Crockford base32: bytes as characters that scan, and that a person can read out and type. O is 0; I and L are 1; case says nothing.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const digits = new Map([...alphabet].map((character, digit) => [character, digit]));
for (const [alias, digit] of [
  ['O', 0],
  ['I', 1],
  ['L', 1],
] as const) {
  digits.set(alias, digit);
}

export function toBase32(bytes: Uint8Array): string {
  let text = '';
  let held = 0;
  let heldBits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    heldBits += 8;
    while (heldBits >= 5) {
      heldBits -= 5;
      text += alphabet[held >> heldBits];
      held &= (1 << heldBits) - 1;
    }
  }
  return heldBits > 0 ? text + alphabet[held << (5 - heldBits)] : text;
}

/** Null for anything but exactly `length` bytes: pad bits must be zero, or one value would have several spellings. */
export function fromBase32(text: string, length: number): Uint8Array | null {
  if (text.length !== Math.ceil((length * 8) / 5)) return null;
  const bytes = new Uint8Array(length);
  let done = 0;
  let held = 0;
  let heldBits = 0;
  for (const character of text) {
    const digit = /^[0-9A-Za-z]$/.test(character) ? digits.get(character.toUpperCase()) : undefined;
    if (digit === undefined) return null;
    held = (held << 5) | digit;
    heldBits += 5;
    if (heldBits < 8) continue;
    heldBits -= 8;
    bytes[done++] = held >> heldBits;
    held &= (1 << heldBits) - 1;
  }
  return held === 0 ? bytes : null;
}
