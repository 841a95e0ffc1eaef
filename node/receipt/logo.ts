// The picture at the head of receipts: kept as it came, for the page and the PDF, and made black and white for each width of paper.
import { rowOf, type Sqlite, writer } from '../base/sqlite.ts';
import { type Bitmap, readPng, toBitmap } from './bitmap.ts';

/** A fifth of a wide receipt's width is left free at each side. */
const WIDTH_SHARE = 0.6;
const MAX_HEIGHT_DOTS = 240;

export interface Logo {
  png(): Uint8Array | undefined;
  /** As dots, for paper of this width. */
  bitmap(widthDots: number): Bitmap | undefined;
  /** False where it is no PNG. */
  set(png: Uint8Array): { width: number; height: number } | undefined;
  remove(): boolean;
}

export function openLogo(sqlite: Sqlite): Logo {
  const read = rowOf<{ png: Uint8Array }>(sqlite, 'SELECT png FROM receipt_logo');
  const write = writer(
    sqlite,
    'INSERT INTO receipt_logo (only, png) VALUES (1, ?) ON CONFLICT (only) DO UPDATE SET png = excluded.png',
  );
  const remove = writer(sqlite, 'DELETE FROM receipt_logo');
  const made = new Map<number, Bitmap>();
  return {
    png: () => read()?.png,
    bitmap(widthDots) {
      const known = made.get(widthDots);
      if (known) return known;
      const png = read()?.png;
      const picture = png && readPng(png);
      if (!picture) return undefined;
      const bitmap = toBitmap(picture, Math.floor((widthDots * WIDTH_SHARE) / 8) * 8, MAX_HEIGHT_DOTS);
      made.set(widthDots, bitmap);
      return bitmap;
    },
    set(png) {
      const picture = readPng(png);
      if (!picture) return undefined;
      write(Buffer.from(png));
      made.clear();
      return { width: picture.width, height: picture.height };
    },
    remove() {
      made.clear();
      return remove() > 0;
    },
  };
}
