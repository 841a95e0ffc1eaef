// Which facts open a till's drawer: cash changes hands, a float goes in, or somebody was allowed to open it. It opens after the fact is on
// disk.
import { type DrawerMoved, drawerMoved } from '#schema/facts/drawer-moved';
import type { Fact } from '#schema/facts/fact';
import { type SaleClosed, saleClosed } from '#schema/facts/sale-closed';
import { type SaleReturned, saleReturned } from '#schema/facts/sale-returned';
import { type ShiftOpened, shiftOpened } from '#schema/facts/shift-opened';

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
  if (kind === drawerMoved.kind) return (body as DrawerMoved).tillId;
  if (kind === shiftOpened.kind) return (body as ShiftOpened).tillId;
  return null;
}
