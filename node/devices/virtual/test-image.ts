// An image that the virtual dispenser's board takes, for tests of updates.
import { createHash } from 'node:crypto';

/** As board.ts reads it. */
export function virtualImage(firmware: number, content: Uint8Array): Uint8Array {
  const version = Buffer.alloc(4);
  version.writeUInt32BE(firmware);
  const signed = Buffer.concat([Buffer.from('LVF1'), version, content]);
  return Buffer.concat([signed, createHash('sha256').update(signed).digest()]);
}
