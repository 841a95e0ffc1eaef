// Black and white pictures, as a printer takes them: a logo from its PNG, a QR code from its text.
import { PNG } from 'pngjs';
import QRCode from 'qrcode';

export interface Bitmap {
  width: number;
  height: number;
  /** Rows from the top, eight dots a byte, the leftmost in the highest bit; 1 is black. */
  rows: Uint8Array;
}

export const bytesPerRow = (width: number): number => Math.ceil(width / 8);

export function bitmapOf(width: number, height: number, isBlack: (x: number, y: number) => boolean): Bitmap {
  const stride = bytesPerRow(width);
  const rows = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (isBlack(x, y)) rows[y * stride + (x >> 3)] = (rows[y * stride + (x >> 3)] ?? 0) | (0x80 >> (x & 7));
  return { width, height, rows };
}

export interface QrModules {
  /** Modules along one side, without the quiet zone. */
  size: number;
  isDark(x: number, y: number): boolean;
}

export function qrModules(text: string): QrModules {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  return { size: modules.size, isDark: (x, y) => modules.get(y, x) === 1 };
}

/** Dots a module: as large as fits into this width, within what scanners like. */
export const moduleDots = ({ size }: QrModules, widthDots: number): number =>
  Math.max(2, Math.min(8, Math.floor(widthDots / (size + 2 * QUIET_MODULES))));

export const QUIET_MODULES = 4;

export function qrBitmap(modules: QrModules, dots: number): Bitmap {
  const side = (modules.size + 2 * QUIET_MODULES) * dots;
  const at = (dot: number) => Math.floor(dot / dots) - QUIET_MODULES;
  const inside = (module: number) => module >= 0 && module < modules.size;
  return bitmapOf(side, side, (x, y) => inside(at(x)) && inside(at(y)) && modules.isDark(at(x), at(y)));
}

export interface GreyPicture {
  width: number;
  height: number;
  /** 0 is black, 1 is white, transparent places are paper. */
  light(x: number, y: number): number;
}

/** More than any printer has dots. A small file may unfold to a picture that no memory holds, so its size is read before it is. */
const MAX_SIDE = 2_000;
const WIDTH_AT = 16;
const HEIGHT_AT = 20;

function isTooLarge(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return bytes.length < HEIGHT_AT + 4 || view.getUint32(WIDTH_AT) > MAX_SIDE || view.getUint32(HEIGHT_AT) > MAX_SIDE;
}

/** Undefined where these bytes are no PNG that a printer could use. */
export function readPng(bytes: Uint8Array): GreyPicture | undefined {
  if (isTooLarge(bytes)) return undefined;
  let png: PNG;
  try {
    png = PNG.sync.read(Buffer.from(bytes));
  } catch {
    return undefined;
  }
  const { width, height } = png;
  return {
    width,
    height,
    light(x, y) {
      const at = (y * width + x) * 4;
      const [red = 255, green = 255, blue = 255, alpha = 0] = png.data.subarray(at, at + 4);
      const grey = (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
      return 1 - (alpha / 255) * (1 - grey);
    },
  };
}

/** Made smaller where it is wider or higher than this, never larger; greys become patterns of dots (Floyd and Steinberg). */
export function toBitmap(picture: GreyPicture, maxWidth: number, maxHeight: number): Bitmap {
  const ratio = Math.min(1, maxWidth / picture.width, maxHeight / picture.height);
  const width = Math.max(1, Math.round(picture.width * ratio));
  const height = Math.max(1, Math.round(picture.height * ratio));
  const light = new Float64Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) light[y * width + x] = meanLight(picture, x / ratio, y / ratio, 1 / ratio);
  const spill = (x: number, y: number, amount: number) => {
    if (x >= 0 && x < width && y < height) light[y * width + x] = (light[y * width + x] ?? 0) + amount;
  };
  return bitmapOf(width, height, (x, y) => {
    const here = light[y * width + x] ?? 1;
    const isBlack = here < 0.5;
    const error = here - (isBlack ? 0 : 1);
    spill(x + 1, y, (error * 7) / 16);
    spill(x - 1, y + 1, (error * 3) / 16);
    spill(x, y + 1, (error * 5) / 16);
    spill(x + 1, y + 1, error / 16);
    return isBlack;
  });
}

function meanLight(picture: GreyPicture, left: number, top: number, side: number): number {
  let sum = 0;
  let count = 0;
  const end = (from: number, limit: number) => Math.max(Math.floor(from) + 1, Math.min(limit, Math.floor(from + side)));
  for (let y = Math.floor(top); y < end(top, picture.height) && y < picture.height; y++)
    for (let x = Math.floor(left); x < end(left, picture.width) && x < picture.width; x++) {
      sum += picture.light(x, y);
      count += 1;
    }
  return count === 0 ? 1 : sum / count;
}
