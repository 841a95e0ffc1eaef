// What is said of the open sale beside its goods: who buys, a note, a tip; and throwing it away, which a manager approves.
import type { ProblemError } from '#schema/client';
import type { GuardedAction } from '#schema/rules/staff';
import type { StoreCustomer } from '#schema/wire/customer';
import type { ApprovalActions } from '../approval/approval-actions.ts';
import type { Notice } from '../base/notice.ts';
import { isRefusal } from '../node-link/calls.ts';
import { type Buyer, emptyCart, setCustomer, setNote, setTip } from '../sale/cart.ts';
import type { SaleActions } from '../sale/sale-actions.ts';
import { chargesGone, linesOf } from '../sale/sale-lines.ts';
import { isPending, noPayment } from '../tender/payment.ts';
import { announce, change, interrupt, noticeOf, type TillParts, warn } from '../till-parts.ts';
import { openSale } from '../till-state.ts';
import { sayIn, type WordKey } from '../words/words.ts';

export const voidReasons = ['void_mind', 'void_wrong', 'void_left', 'void_training'] as const satisfies WordKey[];

export type VoidReason = (typeof voidReasons)[number];

type Answer<T> = { value: T } | { problem: Notice };

export interface DetailActions {
  searchCustomers(text: string): Promise<Answer<StoreCustomer[]>>;
  addCustomer(customer: { name: string; phone: string }): Promise<Answer<StoreCustomer>>;
  setCustomer(customer: Buyer | null): void;
  /** Of one line, or of the sale where none is named. */
  setNote(lineId: string | null, text: string): void;
  setTip(amount: number): void;
  voidSale(reason: VoidReason): void;
}

const problemOf = (error: unknown): Notice =>
  isRefusal(error) ? noticeOf('fault', 'said', { what: error.problem.detail }) : noticeOf('warn', 'details_wait');

interface DetailReactions {
  alter: SaleActions['alter'];
  askApproval: ApprovalActions['ask'];
}

export function detailActions(parts: TillParts, { alter, askApproval }: DetailReactions): DetailActions {
  const { state, calls, makeId } = parts;
  let isVoiding = false;

  function voided(): void {
    const { charges, session } = state.get();
    const { currency } = openSale(state.get());
    change(parts, {
      cart: emptyCart,
      charges: [],
      payment: noPayment,
      approvals: [],
      ageChecked: 0,
      draft: null,
      moved: null,
      screen: 'sell',
      sheet: null,
      notice: session && charges.length > 0 ? chargesGone(currency, charges) : noticeOf('info', 'voided'),
    });
    interrupt(parts, 'voided');
  }

  async function send(id: string, reason: string, approvalId?: string): Promise<void> {
    const { cart, payment } = state.get();
    if (isVoiding || isPending(payment) || cart.lines.length === 0 || state.get().draft?.id !== id) return;
    isVoiding = true;
    try {
      const discount = cart.discount ? { discount: cart.discount } : {};
      const body = { lines: linesOf(cart), ...discount, reason, ...(approvalId !== undefined && { approvalId }) };
      await calls.sale.void({ params: { id }, body });
      // What was scanned while the answer was out is thrown away with the rest only if it was part of it.
      if (state.get().draft?.id === id) voided();
    } catch (error) {
      refused(error, (given) => void send(id, reason, given), reason);
    } finally {
      isVoiding = false;
    }
  }

  function refused(error: unknown, again: (approvalId: string) => void, reason: string): void {
    const problem: ProblemError['problem'] | undefined = isRefusal(error) ? error.problem : undefined;
    if (problem?.code === 'needs-approval') {
      const action = String(problem.facts?.action) as GuardedAction;
      askApproval({ action, amount: Number(problem.facts?.amount), reason }, again);
    } else warn(parts, problemOf(error));
  }

  return {
    async searchCustomers(text) {
      try {
        return { value: (await calls.customer.search({ query: { q: text.trim(), limit: '12' } })).items };
      } catch (error) {
        return { problem: problemOf(error) };
      }
    },
    async addCustomer({ name, phone }) {
      try {
        return { value: await calls.customer.add({ body: { id: makeId(), name: name.trim(), phone: phone.trim() || null } }) };
      } catch (error) {
        return { problem: problemOf(error) };
      }
    },
    setCustomer(customer) {
      if (!alter((cart) => setCustomer(cart, customer))) return;
      announce(parts, customer ? 'customer_set' : 'customer_none', { name: customer?.name ?? '' });
    },
    setNote(lineId, text) {
      if (alter((cart) => setNote(cart, lineId, text))) announce(parts, 'note_set');
    },
    setTip(amount) {
      if (alter((cart) => setTip(cart, amount))) announce(parts, 'tip_set');
    },
    voidSale(reason) {
      const { draft, language } = state.get();
      if (draft) void send(draft.id, sayIn(language)(reason));
    },
  };
}
