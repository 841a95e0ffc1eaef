// Sends the sale with its payment. The sale's id is kept on this machine before anything is sent; a lost answer is asked about until the
// node says what became of it. However often it is pressed or sent, one intent makes one sale.
import type { ProblemError } from '#schema/client';
import type { GuardedAction } from '#schema/rules/staff';
import { amountText } from '#schema/values/money-text';
import type { CloseSale, Sale } from '#schema/wire/sale';
import type { ApprovalActions } from '../approval/approval-actions.ts';
import { isRefusal } from '../node-link/calls.ts';
import { unsold } from '../sale/cart.ts';
import { linesOf } from '../sale/sale-lines.ts';
import { change, noticeOf, type TillParts, warn } from '../till-parts.ts';
import { openSale, storeSettings } from '../till-state.ts';
import { sayIn, type WordKey } from '../words/words.ts';
import { nothingGiven } from './given.ts';
import { noPayment, sendPayment, stepPayment } from './payment.ts';

const CHECK_EVERY_MS = 2_000;
/** As many as a sale can need; an older one has been used or is over. */
const MOST_APPROVALS = 4;

export interface Closing {
  close(tenders: CloseSale['tenders']): void;
  /** Asks the node what became of a sale whose answer never came. */
  checkSaved(): void;
}

export interface ClosingReactions {
  refreshPrices: (productIds: string[]) => Promise<void>;
  keepDraft: () => Promise<void>;
  signedOut: () => void;
  askApproval: ApprovalActions['ask'];
  askAge: (then: () => void) => void;
  openShift: () => void;
}

export function closing(parts: TillParts, reactions: ClosingReactions): Closing {
  const { state, clock, calls, makeId } = parts;

  const step = (event: Parameters<typeof stepPayment>[1]) =>
    state.update((current) => ({ ...current, payment: stepPayment(current.payment, event) }));

  function finish(sale: Sale, wasFound: boolean): void {
    const said = sayIn(state.get().language);
    const amount = amountText({ amount: sale.change, currency: storeSettings(state.get()).currency });
    const receipt = { no: sale.receipt };
    state.update((current) => ({
      ...current,
      payment: noPayment,
      cart: unsold(current.cart, sale.lines),
      screen: 'done',
      sheet: null,
      saleOpen: false,
      given: nothingGiven,
      charges: [],
      charge: null,
      approvals: [],
      ageChecked: 0,
      draft: null,
      moved: null,
      entry: '',
      multiplier: null,
      done: { sale, shownAt: clock.now(), voucher: 0, pours: {}, showsCode: false },
      last: { receipt: sale.receipt, change: sale.change },
      notice: wasFound ? noticeOf('ok', 'save_found', receipt) : null,
      announced: {
        polite: '',
        assertive: `${wasFound ? said('save_found', receipt) : said('paid')}. ${said('change')} ${amount}`,
      },
    }));
  }

  async function send(body: CloseSale): Promise<void> {
    await reactions.keepDraft();
    try {
      finish(await calls.sale.close({ body }), false);
    } catch (error) {
      if (isRefusal(error) && error.problem.code !== 'id-reused') return refused(error, body);
      step('lost');
      warn(parts, noticeOf('warn', 'save_checking'));
      void check();
    }
  }

  function askApproval({ facts }: ProblemError['problem'], body: CloseSale): void {
    const action = String(facts?.action) as GuardedAction;
    const given = body.discount ?? body.lines.find(({ discount }) => discount !== undefined)?.discount;
    const reason = action === 'discount' && given ? given.reason : sayIn(state.get().language)(`action_${action}` as WordKey);
    reactions.askApproval({ action, amount: Number(facts?.amount), reason }, (approvalId) => {
      state.update((current) => ({ ...current, approvals: [...current.approvals, approvalId].slice(-MOST_APPROVALS) }));
      close(body.tenders);
    });
  }

  async function refused({ problem }: ProblemError, body: CloseSale): Promise<void> {
    step('refused');
    if (problem.code === 'sign-in-needed') return reactions.signedOut();
    if (problem.code === 'needs-approval') return askApproval(problem, body);
    const before = openSale(state.get());
    const changes = ['wrong-total', 'unknown-product', 'out-of-stock', 'age-check-needed'];
    if (changes.includes(problem.code)) await reactions.refreshPrices(before.lines.map((line) => line.productId));
    if (problem.code === 'age-check-needed') return reactions.askAge(() => close(body.tenders));
    const wasRepriced = openSale(state.get()).cashDue !== before.cashDue;
    if (wasRepriced) return;
    const product = state.get().catalogue.products.get(String(problem.facts?.productId ?? ''));
    if (problem.code === 'out-of-stock' && product) return warn(parts, noticeOf('fault', 'out_of_stock', { name: product.name }));
    if (problem.code === 'no-shift') {
      reactions.openShift();
      return warn(parts, noticeOf('warn', 'shift_needed'));
    }
    if (problem.code === 'not-ready') return warn(parts, noticeOf('fault', 'not_ready'));
    warn(parts, noticeOf('fault', 'refused', { why: problem.detail }));
  }

  async function check(): Promise<void> {
    const { saleId } = state.get().payment;
    if (state.get().payment.state !== 'checking' || saleId === null) return;
    try {
      const sale = await calls.sale.show({ params: { id: saleId } });
      step('found');
      finish(sale, true);
    } catch (error) {
      if (isRefusal(error) && error.problem.code === 'unknown-sale') {
        step('absent');
        return warn(parts, noticeOf('fault', 'save_absent'));
      }
      clock.after(CHECK_EVERY_MS, () => void check());
    }
  }

  function close(tenders: CloseSale['tenders']): void {
    const { payment: before, cart, approvals, ageChecked, draft } = state.get();
    const { total, currency } = openSale(state.get());
    const body: CloseSale = {
      id: before.saleId ?? draft?.id ?? makeId(),
      lines: linesOf(cart),
      ...(cart.discount && { discount: cart.discount }),
      tenders,
      total,
      currency,
      ...(cart.tip > 0 && { tip: cart.tip }),
      ...(cart.customer && { customerId: cart.customer.id }),
      ...(cart.note !== null && { note: cart.note }),
      ...(ageChecked > 0 && { ageChecked }),
      ...(approvals.length > 0 && { approvalIds: [...approvals] }),
    };
    const payment = sendPayment(before, body);
    if (payment === before) return;
    change(parts, { payment, notice: null, sheet: null });
    void send(body);
  }

  return {
    close,
    checkSaved() {
      if (state.get().payment.state !== 'checking') return;
      const isCash = state.get().payment.body?.tenders.some(({ method }) => method === 'cash');
      change(parts, { screen: isCash ? 'cash' : 'tender' });
      warn(parts, noticeOf('warn', 'save_checking'));
      void check();
    },
  };
}
