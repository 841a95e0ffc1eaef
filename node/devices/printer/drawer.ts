// Which facts open a till's drawer: cash changed hands, or somebody was allowed to open it. It opens after the fact is on disk.
import type { Fact } from '#schema/facts/fact';
import { type SaleClosed, saleClosed } from '#schema/facts/sale-closed';
import { type SaleReturned, saleReturned } from '#schema/facts/sale-returned';

/** The till whose drawer opens; null where none does. */
export function cashDrawerOf({ kind, body }: Fact): string | null {
  if (kind === saleClosed.kind) {
    const { tenders, tillId } = body as SaleClosed;
    return tenders.some(({ method }) => method === 'cash') ? tillId : null;
  }
  if (kind === saleReturned.kind) {
    const { refunds, tillId } = body as SaleReturned;
    return refunds.some(({ method }) => method === 'cash') ? tillId : null;
  }
  return null;
}
