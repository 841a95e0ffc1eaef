// Reads the bytes that a receipt printer is sent, strictly: a command that it does not know, or a character that its page lacks, is a
// fault and not ignored, so that a wrong byte is found here and not on a customer's receipt.
import { type CodePageName, codePages } from '#node/receipt/escpos/code-page';

export type Command =
  | { kind: 'init' }
  | { kind: 'char'; char: string }
  | { kind: 'line-feed' }
  | { kind: 'feed'; lines: number }
  | { kind: 'align'; align: 'left' | 'center' | 'right' }
  | { kind: 'bold'; on: boolean }
  | { kind: 'size'; width: number; height: number }
  | { kind: 'raster'; stride: number; rows: Uint8Array }
  | { kind: 'qr'; text: string; dots: number }
  | { kind: 'cut'; full: boolean }
  | { kind: 'kick'; pin: 2 | 5 }
  /** Answered in its turn. */
  | { kind: 'confirm' }
  /** Answered at once. */
  | { kind: 'status'; question: number };

export class PrinterFault extends Error {
  override name = 'PrinterFault';
}

type Reading<T> = Generator<undefined, T, number>;

const hex = (byte: number): string => byte.toString(16).padStart(2, '0');

const pageNumbers = new Map(
  (Object.keys(codePages) as CodePageName[]).map((name) => [codePages[name].number, codePages[name].upper] as const),
);

const alignments = ['left', 'center', 'right'] as const;

interface Modes {
  page: string;
  qr: { dots: number; text: string | undefined };
}

const startModes = (): Modes => ({ page: codePages.pc437.upper, qr: { dots: 3, text: undefined } });

/** Hands each whole command on; throws a `PrinterFault` at the first byte that cannot be. */
export function openReader(onCommand: (command: Command) => void): (bytes: Uint8Array) => void {
  const reading = readCommands(onCommand);
  reading.next();
  let count = 0;
  return (bytes) => {
    for (const byte of bytes) {
      try {
        reading.next(byte);
      } catch (error) {
        throw error instanceof PrinterFault ? new PrinterFault(`byte ${count}: ${error.message}`) : error;
      }
      count += 1;
    }
  };
}

function* readCommands(onCommand: (command: Command) => void): Reading<never> {
  let modes = startModes();
  for (;;) {
    const byte = yield;
    if (byte === 0x0a) onCommand({ kind: 'line-feed' });
    else if (byte === 0x10) onCommand(yield* readRealTime());
    else if (byte === 0x1b) modes = yield* readEsc(modes, onCommand);
    else if (byte === 0x1c) yield* expectByte(0x2e, 'FS');
    else if (byte === 0x1d) modes = yield* readGs(modes, onCommand);
    else onCommand({ kind: 'char', char: charOf(byte, modes.page) });
  }
}

function charOf(byte: number, page: string): string {
  if (byte >= 0x20 && byte <= 0x7e) return String.fromCharCode(byte);
  const char = byte >= 0x80 ? page[byte - 0x80] : undefined;
  if (char === undefined || char === '\ufffd') throw new PrinterFault(`0x${hex(byte)} is no character of the chosen page`);
  return char;
}

function* expectByte(expected: number, after: string): Reading<void> {
  const byte = yield;
  if (byte !== expected) throw new PrinterFault(`${after} 0x${hex(byte)} is unknown`);
}

function* readRealTime(): Reading<Command> {
  yield* expectByte(0x04, 'DLE');
  const question = yield;
  if (question < 1 || question > 4) throw new PrinterFault(`DLE EOT ${question} is unknown`);
  return { kind: 'status', question };
}

function* readEsc(modes: Modes, onCommand: (command: Command) => void): Reading<Modes> {
  const command = yield;
  switch (command) {
    case 0x40:
      onCommand({ kind: 'init' });
      return startModes();
    case 0x74: {
      const number = yield;
      const page = pageNumbers.get(number);
      if (page === undefined) throw new PrinterFault(`there is no code page ${number}`);
      return { ...modes, page };
    }
    case 0x61: {
      const align = alignments[yield];
      if (align === undefined) throw new PrinterFault('ESC a takes 0, 1 or 2');
      onCommand({ kind: 'align', align });
      return modes;
    }
    case 0x45:
      onCommand({ kind: 'bold', on: (yield* oneOf([0, 1], 'ESC E')) === 1 });
      return modes;
    case 0x64:
      onCommand({ kind: 'feed', lines: yield });
      return modes;
    case 0x70: {
      const pin = (yield* oneOf([0x30, 0x31], 'ESC p')) === 0x30 ? 2 : 5;
      const [onTime, offTime] = [yield, yield];
      if (offTime < onTime) throw new PrinterFault('ESC p: off for less than on');
      onCommand({ kind: 'kick', pin });
      return modes;
    }
    default:
      throw new PrinterFault(`ESC 0x${hex(command)} is unknown`);
  }
}

function* oneOf(known: readonly number[], after: string): Reading<number> {
  const byte = yield;
  if (!known.includes(byte)) throw new PrinterFault(`${after} 0x${hex(byte)} is unknown`);
  return byte;
}

function* readGs(modes: Modes, onCommand: (command: Command) => void): Reading<Modes> {
  const command = yield;
  switch (command) {
    case 0x21: {
      const size = yield;
      if ((size & 0x88) !== 0) throw new PrinterFault(`GS ! 0x${hex(size)} is no size`);
      onCommand({ kind: 'size', width: (size >> 4) + 1, height: (size & 0x07) + 1 });
      return modes;
    }
    case 0x28:
      yield* expectByte(0x6b, 'GS (');
      return yield* readQr(modes, onCommand);
    case 0x56: {
      const full = (yield* oneOf([0x41, 0x42], 'GS V')) === 0x41;
      yield;
      onCommand({ kind: 'cut', full });
      return modes;
    }
    case 0x72:
      yield* expectByte(1, 'GS r');
      onCommand({ kind: 'confirm' });
      return modes;
    case 0x76:
      onCommand(yield* readRaster());
      return modes;
    default:
      throw new PrinterFault(`GS 0x${hex(command)} is unknown`);
  }
}

function* readRaster(): Reading<Command> {
  yield* expectByte(0x30, 'GS v');
  yield* expectByte(0x00, 'GS v 0');
  const stride = (yield) + (yield) * 256;
  const height = (yield) + (yield) * 256;
  if (stride === 0 || height === 0) throw new PrinterFault('GS v 0 with an empty picture');
  return { kind: 'raster', stride, rows: yield* readBytes(stride * height) };
}

function* readBytes(count: number): Reading<Uint8Array> {
  const bytes = new Uint8Array(count);
  for (let at = 0; at < count; at++) bytes[at] = yield;
  return bytes;
}

function* readQr(modes: Modes, onCommand: (command: Command) => void): Reading<Modes> {
  const length = (yield) + (yield) * 256;
  const [symbol, part, ...values] = yield* readBytes(length);
  const { qr } = modes;
  if (symbol !== 0x31) throw new PrinterFault('GS ( k of a symbol that is no QR code');
  const [value = 0] = values;
  switch (part) {
    case 0x41:
      if (value !== 0x32 || values[1] !== 0) throw new PrinterFault('QR: only model 2');
      return modes;
    case 0x43:
      if (value < 1 || value > 16) throw new PrinterFault(`QR: a module of ${value} dots`);
      return { ...modes, qr: { ...qr, dots: value } };
    case 0x45:
      if (value < 0x30 || value > 0x33) throw new PrinterFault('QR: no such error correction');
      return modes;
    case 0x50:
      if (value !== 0x30 || values.length < 2) throw new PrinterFault('QR: nothing to keep');
      return { ...modes, qr: { ...qr, text: new TextDecoder().decode(Uint8Array.from(values.slice(1))) } };
    case 0x51:
      if (value !== 0x30 || qr.text === undefined) throw new PrinterFault('QR: printed before there is one');
      onCommand({ kind: 'qr', text: qr.text, dots: qr.dots });
      return modes;
    default:
      throw new PrinterFault(`QR: function 0x${hex(part ?? 0)} is unknown`);
  }
}
