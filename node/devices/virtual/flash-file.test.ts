// The flash file: what was programmed is in the file at once, a torn step leaves torn cells, and it appears whole or not at all.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openFlashFile } from './flash-file.ts';
import { blankImage, PowerCut, sectorSize } from './nor-flash.ts';

const folder = mkdtempSync(join(tmpdir(), 'lapak-flash-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the flash file', () => {
  it('[DSP-05] holds each program and erase as soon as it returns, for whoever finds the file after a kill', () => {
    const path = join(folder, 'kept');
    const { flash, close } = openFlashFile(path, 2);
    flash.program(40, Uint8Array.from([0x12, 0x34]));
    flash.program(40, Uint8Array.from([0xf0, 0xff]));
    expect([...readFileSync(path).subarray(39, 43)]).toEqual([0xff, 0x10, 0x34, 0xff]);
    flash.program(sectorSize, Uint8Array.from([0]));
    flash.erase(0);
    expect([...readFileSync(path).subarray(40, 42), ...readFileSync(path).subarray(sectorSize, sectorSize + 1)]).toEqual([
      0xff, 0xff, 0,
    ]);
    close();
    const again = openFlashFile(path, 2);
    expect(again.flash.read(sectorSize, 1)[0]).toBe(0);
    again.close();
  });

  it('[DSP-05] holds what a torn program or erase leaves behind', () => {
    const path = join(folder, 'torn');
    const { flash, close } = openFlashFile(path, 2);
    flash.cutAfter(2);
    expect(() => flash.program(0, Uint8Array.from([1, 2, 0, 4]))).toThrow(PowerCut);
    const [first, second, torn, untouched] = readFileSync(path);
    expect([first, second, untouched]).toEqual([1, 2, 0xff]);
    expect(torn).not.toBe(0);
    flash.program(0, new Uint8Array(sectorSize));
    flash.cutAfter(1);
    expect(() => flash.erase(0)).toThrow(PowerCut);
    const image = readFileSync(path);
    expect(image[0]).toBe(0xff);
    expect(image[sectorSize - 1]).toBe(0);
    close();
  });

  it('refuses a file that is no flash of its size', () => {
    const path = join(folder, 'short');
    writeFileSync(path, blankImage(1));
    expect(() => openFlashFile(path, 2)).toThrow('is not a flash of 2 sectors');
  });
});
