// The barcodes of a product: several, each of one product only, kept as GTIN-14.
import { and, eq, inArray, ne, notInArray } from 'drizzle-orm';
import { gtin14 } from '#schema/rules/gtin';
import { barcodes } from '#schema/tables/central/product';
import { ok, type Result, refuse } from '#schema/values/result';
import { insertMany } from '../../base/bulk.ts';
import type { Tx } from '../../base/database.ts';

export async function replaceBarcodes(
  tx: Tx,
  productId: string,
  given: readonly string[],
): Promise<Result<string[], 'bad-barcode' | 'barcode-taken'>> {
  const codes: string[] = [];
  for (const [index, text] of given.entries()) {
    const code = gtin14(text);
    if (code === undefined)
      return refuse('bad-barcode', `“${text}” is no barcode: its check digit does not fit.`, {
        field: `barcodes[${index}]`,
        next: 'Scan it again, or type all its digits.',
      });
    if (!codes.includes(code)) codes.push(code);
  }
  await tx
    .delete(barcodes)
    .where(and(eq(barcodes.productId, productId), codes.length > 0 ? notInArray(barcodes.code, codes) : undefined));
  const rows = codes.map((code) => ({ code, productId }));
  const inserted = await insertMany(tx, barcodes, rows, { onConflict: 'nothing' });
  if (inserted === rows.length) return ok(codes);
  const taken = codes.length === 0 ? [] : await takenByOthers(tx, productId, codes);
  const [first] = taken;
  if (first === undefined) return ok(codes);
  return refuse('barcode-taken', `Another product has the barcode ${first}.`, {
    field: `barcodes[${codes.indexOf(first)}]`,
    next: 'Take it from that product first.',
  });
}

async function takenByOthers(tx: Tx, productId: string, codes: string[]): Promise<string[]> {
  const rows = await tx
    .select({ code: barcodes.code })
    .from(barcodes)
    .where(and(inArray(barcodes.code, codes), ne(barcodes.productId, productId)));
  return rows.map(({ code }) => code);
}
