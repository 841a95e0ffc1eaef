// The same paper as a PDF, 80 mm wide and as long as what stands on it. Its text is text: it can be searched, copied and read aloud.
import type { ReceiptBlock } from '#schema/wire/receipt';
import { type QrModules, qrModules } from './bitmap.ts';
import { codePages, onPage } from './escpos/code-page.ts';
import { type LaidOut, type LineSize, layOut, type TextLine } from './layout.ts';

const POINTS_PER_MM = 72 / 25.4;
const WIDTH = 80 * POINTS_PER_MM;
const MARGIN = 5 * POINTS_PER_MM;
const COLUMNS = 42;
const COLUMN = (WIDTH - 2 * MARGIN) / COLUMNS;
/** Every character of Courier is six tenths of its size wide. */
const FONT_SIZE = COLUMN / 0.6;
const LINE = FONT_SIZE * 1.3;
const QR_SIDE = 32 * POINTS_PER_MM;
const LOGO_WIDTH = 50 * POINTS_PER_MM;
const LOGO_HEIGHT = 22 * POINTS_PER_MM;
const GAP = LINE / 2;

const stretch: Record<LineSize, { x: number; y: number }> = {
  normal: { x: 1, y: 1 },
  tall: { x: 1, y: 1.6 },
  large: { x: 2, y: 2 },
};

export interface PdfParts {
  blocks: readonly ReceiptBlock[];
  title: string;
  language: string;
  /** When it happened: the file says that, not when it was made. */
  at: Date;
  logo: Uint8Array | undefined;
}

type Document = PDFKit.PDFDocument;

export async function receiptPdf({ blocks, title, language, at, logo }: PdfParts): Promise<Buffer> {
  // Loaded when the first one is asked for: few are, and fonts are large.
  const { default: PdfDocument } = await import('pdfkit');
  const parts = layOut(blocks, { columns: COLUMNS, show: (text) => onPage(text, codePages.wpc1252) }).filter(
    ({ kind }) => kind !== 'cut' && (kind !== 'logo' || logo !== undefined),
  );
  const height = 2 * MARGIN + parts.reduce((sum, part) => sum + heightOf(part), 0);
  const document = new PdfDocument({
    size: [WIDTH, height],
    margin: 0,
    lang: language,
    info: { Title: title, Creator: 'Lapak', Producer: 'Lapak', CreationDate: at, ModDate: at },
  });
  const chunks: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
  });
  let top = MARGIN;
  for (const part of parts) {
    if (part.kind === 'line') drawLine(document, part, top);
    else if (part.kind === 'qr') drawQr(document, qrModules(part.text), top + GAP);
    else if (part.kind === 'logo' && logo) drawLogo(document, logo, top);
    top += heightOf(part);
  }
  document.end();
  return done;
}

function heightOf(part: LaidOut): number {
  if (part.kind === 'line') return LINE * stretch[part.size].y;
  if (part.kind === 'qr') return QR_SIDE + 2 * GAP;
  return part.kind === 'logo' ? LOGO_HEIGHT + GAP : 0;
}

function drawLine(document: Document, { text, align, bold, size }: TextLine, top: number): void {
  const { x, y } = stretch[size];
  const width = text.length * COLUMN * x;
  const left = align === 'center' ? (WIDTH - width) / 2 : MARGIN;
  document.save().translate(left, top).scale(x, y);
  document.font(bold ? 'Courier-Bold' : 'Courier', FONT_SIZE).text(text, 0, 0, { lineBreak: false });
  document.restore();
}

function drawQr(document: Document, modules: QrModules, top: number): void {
  const side = QR_SIDE / modules.size;
  const left = (WIDTH - QR_SIDE) / 2;
  for (let y = 0; y < modules.size; y++)
    for (let x = 0; x < modules.size; x++) if (modules.isDark(x, y)) document.rect(left + x * side, top + y * side, side, side);
  document.fill('black');
}

function drawLogo(document: Document, logo: Uint8Array, top: number): void {
  const box = { fit: [LOGO_WIDTH, LOGO_HEIGHT] as [number, number], align: 'center' as const, valign: 'center' as const };
  document.image(Buffer.from(logo), (WIDTH - LOGO_WIDTH) / 2, top, box);
}
