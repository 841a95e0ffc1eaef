// The virtual dispenser's flash as a file: each program and erase is written before it returns, so that a killed process leaves what
// a flash would hold that lost its power there. It is not synced: the file stands for a chip, not for the machine's disk.
import { closeSync, existsSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { assert } from '#schema/values/assert';
import { blankImage, type NorFlash, norFlash } from './nor-flash.ts';

export interface FlashFile {
  flash: NorFlash;
  close(): void;
}

export function openFlashFile(path: string, sectors: number): FlashFile {
  if (!existsSync(path)) {
    // Appears whole or not at all.
    writeFileSync(`${path}.new`, blankImage(sectors));
    renameSync(`${path}.new`, path);
  }
  const image = new Uint8Array(readFileSync(path));
  assert(image.length === blankImage(sectors).length, `${path} is not a flash of ${sectors} sectors`);
  const file = openSync(path, 'r+');
  return {
    flash: norFlash(image, (offset, length) => writeSync(file, image, offset, length, offset)),
    close: () => closeSync(file),
  };
}
