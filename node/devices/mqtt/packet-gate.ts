// Before a broker reads what a connection sends: how long each packet says that it is, and how many come. A packet is refused by its first
// bytes, not once it has been taken into memory.
import type { RefusalReason } from '../refusals.ts';

/** Of a whole packet: the longest payload of any device, with its topic. */
const PACKET_MAX = 12_288;
const LENGTH_BYTES_MAX = 4;

interface PacketRate {
  perSecond: number;
  atOnce: number;
}

/** More than a device sends that takes a new firmware as quickly as it can, acknowledgements included. */
const usualRate: PacketRate = { perSecond: 1_000, atOnce: 5_000 };

export interface PacketGate {
  /** Why the connection has to end; null while all is well. */
  take(chunk: Uint8Array, nowMs: number): RefusalReason | null;
}

export function packetGate(openedMs: number, { perSecond, atOnce }: PacketRate = usualRate): PacketGate {
  let room = atOnce;
  let filledMs = openedMs;
  /** Bytes of the packet's body that are still to come; null in its head. */
  let left: number | null = null;
  /** Of the head: the type, then the length in sevens of bits. */
  let headBytes = 0;
  let length = 0;

  function takeHead(byte: number): RefusalReason | null {
    headBytes += 1;
    if (headBytes === 1) return null;
    length += (byte & 0x7f) * 128 ** (headBytes - 2);
    if (length > PACKET_MAX) return 'oversize';
    if (byte & 0x80) return headBytes > LENGTH_BYTES_MAX ? 'not-mqtt' : null;
    left = length;
    headBytes = 0;
    length = 0;
    room -= 1;
    return room < 0 ? 'flood' : null;
  }

  return {
    take(chunk, nowMs) {
      room = Math.min(atOnce, room + ((nowMs - filledMs) * perSecond) / 1_000);
      filledMs = nowMs;
      for (let at = 0; at < chunk.length; ) {
        if (left === null) {
          const refusal = takeHead(chunk[at] ?? 0);
          if (refusal) return refusal;
          at += 1;
        } else {
          const taken = Math.min(left, chunk.length - at);
          at += taken;
          left -= taken;
        }
        if (left === 0) left = null;
      }
      return null;
    },
  };
}
