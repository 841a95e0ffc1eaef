// What a person at the store found out: whether a voucher in doubt was poured, and that what came out beyond what was paid is lost.
import { voucherResolved } from '#schema/facts/voucher-resolved';
import { caseSteps, type Resolution, type VoucherCase } from '#schema/rules/voucher';
import { present } from '#schema/values/assert';
import { ok, type Result, refuse } from '#schema/values/result';
import type { RefusalOf } from '#schema/wire/contract';
import type { ResolveVoucher, Voucher, voucherContract } from '#schema/wire/voucher';
import type { Person } from '../base/caller.ts';
import type { Commit } from '../journal/commit.ts';
import type { StoreReplica } from '../replica/store.ts';
import type { Approvals } from '../staff/approval.ts';
import type { VoucherCases } from './cases.ts';
import { closeOthers } from './commands.ts';
import type { VoucherQueries } from './queries.ts';

interface ResolveContext {
  stores: StoreReplica;
  approvals: Approvals;
  vouchers: VoucherQueries;
  cases: VoucherCases;
}

const allows = (found: VoucherCase, as: Resolution) => (caseSteps[found] as readonly string[]).includes(as);

export function resolveVoucher(
  commit: Commit,
  { id, as, reason, approvalId }: ResolveVoucher & { id: string },
  seller: { till: { id: string }; person: Person | null },
  { stores, approvals, vouchers, cases }: ResolveContext,
): Result<Voucher, RefusalOf<typeof voucherContract.resolve>> {
  const row = vouchers.row(id);
  if (!row) return refuse('unknown-voucher', 'There is no such voucher in this store.', { field: 'id' });
  const found = cases.of(id);
  if (!found || !allows(found, as))
    return refuse('nothing-to-resolve', `This voucher is ${row.state}, and that is not in question.`, {
      field: 'as',
      next: 'Look at the list of vouchers that wait for a person.',
      facts: { state: row.state, may: found ? [...caseSteps[found]] : [] },
    });
  const store = stores.current();
  if (!store)
    return refuse('not-ready', 'This store box has not received its store yet.', { next: 'Connect it to the centre once.' });
  const { settings } = store;
  const approved = approvals.approve(commit, { action: 'settle-voucher', amount: 0, ...seller, settings, approvalId });
  if (!approved.ok) return approved;
  const { saleId, productId } = row;
  const body = { voucherId: id, saleId, productId, as, reason, approvedBy: approved.value };
  commit.append(voucherResolved, body, { staff: seller.person?.id ?? null });
  if (as === 'poured') closeOthers(commit, row, vouchers);
  return ok(vouchers.view(present(vouchers.row(id), 'it was there')));
}
