// What a store lets its tills do: which payments it takes, the age that goods ask for, and what a seller may not do without a manager.
import type { PricedCart } from '#schema/rules/pricing';
import type { StoreSettings } from '#schema/rules/settings';
import type { Deed } from '#schema/rules/staff';
import { sumAmounts } from '#schema/values/money';
import { ok, type Result, refuse } from '#schema/values/result';
import type { CloseSale } from '#schema/wire/sale';
import type { Person } from '../base/caller.ts';
import type { CustomerQueries } from '../customer/queries.ts';
import type { Commit } from '../journal/commit.ts';
import type { StoreBook } from '../replica/catalogue.ts';
import type { Approvals } from '../staff/approval.ts';

export type PolicyRefusal = 'unknown-customer' | 'method-not-taken' | 'age-check-needed' | 'needs-approval';

/** Tenders and tips that the store's settings do not know are refused before anything is settled. */
export function checkMethods(input: CloseSale, settings: StoreSettings): Result<null, 'method-not-taken'> {
  const taken = { cash: true, card: settings.cardTerminal, qris: settings.offlineQris === 'unverified' };
  const index = input.tenders.findIndex(({ method }) => !taken[method]);
  if (index >= 0)
    return refuse('method-not-taken', 'This store does not take that payment.', {
      field: `tenders[${index}].method`,
      next: 'Take another payment, or change the store’s settings at the centre.',
    });
  return input.tip !== undefined && !settings.tips
    ? refuse('method-not-taken', 'This store takes no tips.', { field: 'tip', next: 'Leave the tip out.' })
    : ok(null);
}

/** Whom it is for, when the till says so, and the age that the centre has seen proven of them on this date. */
export function checkCustomer(
  { customerId }: CloseSale,
  today: string,
  customers: CustomerQueries,
): Result<{ provenAge: number }, 'unknown-customer'> {
  if (customerId === undefined) return ok({ provenAge: 0 });
  return customers.find(customerId)
    ? ok({ provenAge: customers.provenAge(customerId, today) ?? 0 })
    : refuse('unknown-customer', 'This store has no such customer.', {
        field: 'customerId',
        next: 'Take the customer off the sale, or choose another.',
      });
}

/** What the seller saw proven, or the centre knows of the customer. */
export function checkAge(input: CloseSale, book: StoreBook, provenAge: number): Result<null, 'age-check-needed'> {
  const limits = input.lines.map(({ productId }) => book.product(productId)?.ageLimit ?? 0);
  const years = Math.max(...limits);
  return Math.max(input.ageChecked ?? 0, provenAge) >= years
    ? ok(null)
    : refuse('age-check-needed', `Something here is sold from the age of ${years}.`, {
        field: 'ageChecked',
        next: 'Look at proof of age, then confirm it.',
        facts: { years },
      });
}

interface Seller {
  till: { id: string };
  person: Person | null;
  settings: StoreSettings;
  approvals: Approvals;
}

/** Takes the approvals that this sale needs; those given need not be in any order. */
export function takeApprovals(
  commit: Commit,
  input: CloseSale,
  cart: PricedCart,
  { approvals, ...seller }: Seller,
): Result<{ action: string; approvedBy: string }[], 'needs-approval'> {
  const granted: { action: string; approvedBy: string }[] = [];
  for (const deed of deedsOf(input, cart)) {
    const outcome = approveByAny(input.approvalIds ?? [], (approvalId) =>
      approvals.approve(commit, { ...deed, ...seller, approvalId }),
    );
    if (!outcome.ok) return outcome;
    if (outcome.value !== null) granted.push({ action: deed.action, approvedBy: outcome.value });
  }
  return ok(granted);
}

type Approved = ReturnType<Approvals['approve']>;

/** The first that fits; without any that does, the refusal that says what is needed. */
function approveByAny(ids: readonly string[], approve: (approvalId: string | undefined) => Approved): Approved {
  for (const id of ids) {
    const outcome = approve(id);
    if (outcome.ok) return outcome;
  }
  return approve(undefined);
}

function deedsOf(input: CloseSale, cart: PricedCart): Deed[] {
  const deeds: Deed[] = [];
  const gross = sumAmounts(cart.lines.map((line) => line.gross));
  if (cart.discounted > 0) deeds.push({ action: 'discount', amount: cart.discounted, of: gross });
  const unverified = input.tenders.flatMap((tender) => (tender.method === 'qris' ? [tender.amount] : []));
  if (unverified.length > 0) deeds.push({ action: 'accept-unverified', amount: sumAmounts(unverified) });
  return deeds;
}
