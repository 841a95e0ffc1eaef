// VOID: an open sale is thrown away before it is paid. It moves nothing; the fact lets a manager see what was rung up and let go.
import { saleVoided } from '#schema/facts/sale-voided';
import { ok, type Result, refuse } from '#schema/values/result';
import type { RefusalOf } from '#schema/wire/contract';
import type { saleContract, VoidSale } from '#schema/wire/sale';
import type { Commit } from '../journal/commit.ts';
import type { SaleContext, Seller } from './commands.ts';
import { priceCartOf } from './price.ts';

type VoidRefusal = RefusalOf<typeof saleContract.void>;

export function voidSale(
  commit: Commit,
  id: string,
  input: VoidSale,
  { till, person }: Seller,
  context: SaleContext,
): Result<{ id: string; total: number }, VoidRefusal> {
  if (context.sales.intent(id) !== undefined)
    return refuse('already-sold', 'That sale was paid already.', { field: 'id', next: 'Take the goods back as a return.' });
  const known = context.sales.voided(id);
  if (known) return ok({ id, total: known.total });
  const store = context.stores.current();
  if (!store)
    return refuse('not-ready', 'This store box has not received its store yet.', { next: 'Connect it to the centre once.' });
  const cart = priceCartOf(input, store, context.catalogue.priceBook(store));
  if (!cart.ok) return cart;
  const { total, lines } = cart.value;
  const { settings, currency } = store;
  const approved = context.approvals.approve(commit, {
    action: 'void',
    amount: total,
    till,
    person,
    settings,
    approvalId: input.approvalId,
  });
  if (!approved.ok) return approved;
  const body = {
    saleId: id,
    tillId: till.id,
    shiftId: context.shifts.openShift(till.id),
    businessDate: context.days.at(commit.now, store),
    currency,
    lines: lines.map(({ productId, name, quantity, quantityScale, total }) => ({
      productId,
      name,
      quantity,
      quantityScale,
      total,
    })),
    total,
    reason: input.reason,
    approvedBy: approved.value,
  };
  commit.append(saleVoided, body, { staff: person?.id ?? null });
  context.saleDrafts.done(id);
  return ok({ id, total });
}
