// A frame on the dispenser's serial line, written and read: COBS keeps zeros out of it, a CRC-32 tells what noise made of it.
// firmware/core/frame.c is the same in C.
import { frameCrcSize, frameFlags, frameLayout, messageVersion, payloadMax } from './dispenser.ts';
import { decode, encode, sizeOf } from './layout.ts';

export interface Frame {
  flags: number;
  type: number;
  epoch: number;
  seq: number;
  ack: number;
  payload: Uint8Array;
}

const headSize = sizeOf(frameLayout);
const frameMax = headSize + payloadMax + frameCrcSize;
const flagBits = frameFlags.message | frameFlags.ack | frameFlags.reset;

export function crc32(bytes: Uint8Array): number {
  let crc = 0xffff_ffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb8_8320 : 0);
  }
  return ~crc >>> 0;
}

/** What goes on the line: the zero before it ends whatever noise came first. */
export function writeFrame(frame: Frame): Uint8Array {
  const { flags, type, epoch, seq, ack, payload } = frame;
  const raw = new Uint8Array(headSize + payload.length + frameCrcSize);
  raw.set(encode(frameLayout, { versionFlags: (messageVersion << 4) | flags, type, epoch, seq, ack }));
  raw.set(payload, headSize);
  const crcAt = raw.length - frameCrcSize;
  new DataView(raw.buffer).setUint32(crcAt, crc32(raw.subarray(0, crcAt)));
  return stuffed(raw);
}

function stuffed(raw: Uint8Array): Uint8Array {
  const line = [0, 0];
  let codeAt = 1;
  const close = () => {
    line[codeAt] = line.length - codeAt;
    codeAt = line.length;
    line.push(0);
  };
  for (const byte of raw) {
    if (byte === 0) close();
    else if (line.push(byte) - codeAt === 0xff) close();
  }
  close();
  return Uint8Array.from(line);
}

function readFrame(raw: Uint8Array): Frame | undefined {
  const crcAt = raw.length - frameCrcSize;
  if (crcAt < headSize) return undefined;
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  if (view.getUint32(crcAt) !== crc32(raw.subarray(0, crcAt))) return undefined;
  const head = decode(frameLayout, raw.subarray(0, headSize));
  if (!head.ok) return undefined;
  const { versionFlags, ...more } = head.value;
  const flags = versionFlags & 0x0f;
  if (versionFlags >> 4 !== messageVersion || flags & ~flagBits) return undefined;
  return { flags, ...more, payload: raw.slice(headSize, crcAt) };
}

export interface FrameReader {
  /** Undefined while no frame ends with this byte. */
  take(byte: number): Frame | undefined;
  /** What came between zeros and was no frame of ours. */
  dropped(): number;
}

export function frameReader(): FrameReader {
  const raw = new Uint8Array(frameMax);
  let length = 0;
  let left = 0;
  let owesZero = false;
  let spoilt = false;
  let dropped = 0;

  const push = (byte: number) => {
    if (length < frameMax) raw[length++] = byte;
    else spoilt = true;
  };

  function end(): Frame | undefined {
    const began = length > 0 || left > 0 || spoilt;
    const frame = !spoilt && left === 0 ? readFrame(raw.subarray(0, length)) : undefined;
    if (began && frame === undefined) dropped += 1;
    length = 0;
    left = 0;
    owesZero = false;
    spoilt = false;
    return frame;
  }

  return {
    take(byte) {
      if (byte === 0) return end();
      if (left > 0) {
        push(byte);
        left -= 1;
        return undefined;
      }
      if (owesZero) push(0);
      left = byte - 1;
      owesZero = byte !== 0xff;
      return undefined;
    },
    dropped: () => dropped,
  };
}
