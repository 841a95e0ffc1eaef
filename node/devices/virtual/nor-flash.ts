// A model of NOR flash: programming clears bits byte by byte, erasing sets a sector quarter by quarter, and power may go at any step.
import { assert } from '#schema/values/assert';

export const sectorSize = 4096;
const eraseQuarter = sectorSize / 4;

/** Thrown out of the core at the step where the power went; whoever runs the core throws that core away. */
export class PowerCut extends Error {
  override name = 'PowerCut';
}

export interface NorFlash {
  readonly sectors: number;
  read(offset: number, length: number): Uint8Array;
  program(offset: number, bytes: Uint8Array): boolean;
  erase(sector: number): boolean;
  /** Steps so far: each programmed byte is one, each quarter of an erase is one. */
  steps(): number;
  /** The power goes within the step after so many more; null: it stays. */
  cutAfter(steps: number | null): void;
}

/** Works on the image in place. `written` hears of each range once it changed, before the call that changed it returns or throws. */
export function norFlash(image: Uint8Array, written: (offset: number, length: number) => void = () => {}): NorFlash {
  assert(image.length % sectorSize === 0, 'a flash is made of whole sectors');
  let steps = 0;
  let left: number | null = null;

  const isCut = () => {
    steps += 1;
    if (left === null) return false;
    left -= 1;
    return left < 0;
  };
  const cut = (offset: number, length: number): never => {
    written(offset, length);
    left = null;
    throw new PowerCut(`the power went at flash step ${steps}`);
  };
  // Which bits of a torn byte made it differs from cell to cell: some pattern of the step stands for that.
  const tornMask = () => (steps * 0x9d) & 0xff;

  return {
    sectors: image.length / sectorSize,
    read: (offset, length) => image.subarray(offset, offset + length),
    program(offset, bytes) {
      for (const [index, byte] of bytes.entries()) {
        const at = offset + index;
        const torn = isCut();
        image[at] = (image[at] ?? 0) & (torn ? byte | tornMask() : byte);
        if (torn) cut(offset, index + 1);
      }
      written(offset, bytes.length);
      return true;
    },
    erase(sector) {
      const start = sector * sectorSize;
      for (let quarter = 0; quarter < 4; quarter++) {
        const at = start + quarter * eraseQuarter;
        const torn = isCut();
        for (let index = at; index < at + eraseQuarter; index++) {
          image[index] = torn ? (image[index] ?? 0) | ((index * 0x6b + steps) & 0xff) : 0xff;
        }
        if (torn) cut(start, sectorSize);
      }
      written(start, sectorSize);
      return true;
    },
    steps: () => steps,
    cutAfter(steps) {
      left = steps;
    },
  };
}

export const blankImage = (sectors: number): Uint8Array => new Uint8Array(sectors * sectorSize).fill(0xff);
