// What stands on the paper as bytes for a receipt printer (ESC/POS): text in one code page, QR codes, the logo, cuts; and a drawer kick.
import type { PrinterProfile } from '#schema/wire/print';
import type { ReceiptBlock } from '#schema/wire/receipt';
import { type Bitmap, bytesPerRow, moduleDots, qrBitmap, qrModules } from '../bitmap.ts';
import { type LineSize, layOut, type TextLine } from '../layout.ts';
import { type CodePage, codePages, encodeText, onPage } from './code-page.ts';

/** Font A: every character is this wide. */
const DOTS_PER_COLUMN = 12;
/** Printers with small memories take a high picture in bands. */
const BAND_ROWS = 128;
/** Paper to feed by hand where nothing cuts, so that the last line passes the edge. */
const TEAR_LINES = 4;

const ESC = 0x1b;
const GS = 0x1d;
const LF = 0x0a;

export const widthDots = ({ columns }: PrinterProfile): number => columns * DOTS_PER_COLUMN;

const sizeBits: Record<LineSize, number> = { normal: 0x00, tall: 0x01, large: 0x11 };
const alignments = { left: 0, center: 1 } as const;

type Bytes = readonly number[] | Uint8Array;

/** Collects bytes; modes are said only when they change. */
function openWriter(page: CodePage) {
  const parts: Bytes[] = [];
  const said = { align: 0, bold: 0, size: 0 };
  const put = (...bytes: number[]) => void parts.push(bytes);
  const mode = (name: keyof typeof said, value: number, ...command: number[]) => {
    if (said[name] !== value) put(...command, value);
    said[name] = value;
  };
  return {
    put,
    bytes: (bytes: Bytes) => void parts.push(bytes),
    align: (align: 'left' | 'center') => mode('align', alignments[align], ESC, 0x61),
    text({ text, align, bold, size }: TextLine) {
      mode('align', alignments[align], ESC, 0x61);
      mode('bold', Number(bold), ESC, 0x45);
      mode('size', sizeBits[size], GS, 0x21);
      parts.push(encodeText(text, page));
      put(LF);
    },
    result: () => Buffer.concat(parts.map((part) => Uint8Array.from(part))),
  };
}

type Writer = ReturnType<typeof openWriter>;

export interface Paper {
  profile: PrinterProfile;
  /** As wide as this paper may show it. */
  logo: Bitmap | undefined;
}

export function encodeReceipt(blocks: readonly ReceiptBlock[], { profile, logo }: Paper): Uint8Array {
  const page = codePages[profile.codePage];
  const writer = openWriter(page);
  // Initialise, leave the two-byte mode in which printers made for China start, choose the code page.
  writer.put(ESC, 0x40, 0x1c, 0x2e, ESC, 0x74, page.number);
  for (const part of layOut(blocks, { columns: profile.columns, show: (text) => onPage(text, page) })) {
    if (part.kind === 'line') writer.text(part);
    else if (part.kind === 'qr') putQr(writer, part.text, profile);
    else if (part.kind === 'logo') putLogo(writer, logo);
    else putCut(writer, profile);
  }
  return writer.result();
}

function putLogo(writer: Writer, logo: Bitmap | undefined): void {
  if (!logo) return;
  writer.align('center');
  putBitmap(writer, logo);
}

/** GS v 0: rows of dots, band after band. */
function putBitmap(writer: Writer, { width, height, rows }: Bitmap): void {
  const stride = bytesPerRow(width);
  for (let top = 0; top < height; top += BAND_ROWS) {
    const count = Math.min(BAND_ROWS, height - top);
    writer.put(GS, 0x76, 0x30, 0, stride & 0xff, stride >> 8, count & 0xff, count >> 8);
    writer.bytes(rows.subarray(top * stride, (top + count) * stride));
  }
}

function putQr(writer: Writer, text: string, profile: PrinterProfile): void {
  const modules = qrModules(text);
  const dots = moduleDots(modules, widthDots(profile));
  writer.align('center');
  if (profile.qr === 'raster') putBitmap(writer, qrBitmap(modules, dots));
  else putNativeQr(writer, text, dots);
}

function putNativeQr(writer: Writer, text: string, dots: number): void {
  const content = new TextEncoder().encode(text);
  const call = (...bytes: number[]) => writer.put(GS, 0x28, 0x6b, bytes.length & 0xff, bytes.length >> 8, ...bytes);
  // Model 2, the size of a module, error correction M, the content, print.
  call(0x31, 0x41, 0x32, 0x00);
  call(0x31, 0x43, dots);
  call(0x31, 0x45, 0x31);
  call(0x31, 0x50, 0x30, ...content);
  // The printer leaves no quiet zone of its own above and below.
  writer.put(LF);
  call(0x31, 0x51, 0x30);
  writer.put(LF);
}

function putCut(writer: Writer, { cut }: PrinterProfile): void {
  writer.align('left');
  if (cut === 'none') writer.put(ESC, 0x64, TEAR_LINES);
  // Function B feeds to the cutter first.
  else writer.put(GS, 0x56, cut === 'full' ? 0x41 : 0x42, 0);
}

/** ESC p: 120 ms on, 240 ms off, on the pin that the drawer hangs on. */
export const drawerKick = (pin: 2 | 5): Uint8Array => Uint8Array.of(ESC, 0x40, ESC, 0x70, pin === 2 ? 0x30 : 0x31, 0x3c, 0x78);
