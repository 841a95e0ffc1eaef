// Taking money. The sale's id is kept on this machine before anything is sent; a lost answer is asked about until the node says
// what became of it. However often it is pressed or sent, one intent makes one sale.

import type { ProblemError } from '#schema/client';
import { quickAmounts } from '#schema/rules/tender';
import { amountText } from '#schema/values/money-text';
import type { CloseSale, Sale } from '#schema/wire/sale';
import { isRefusal } from '../node-link/calls.ts';
import { unsold } from '../sale/cart.ts';
import { change, noticeOf, type TillParts, warn } from '../till-parts.ts';
import { openSale, storeSettings, whyNotPay, whyNotTake } from '../till-state.ts';
import { sayIn } from '../words/words.ts';
import { amountGiven, fillGiven, nothingGiven, typeGiven } from './given.ts';
import { isPending, noPayment, sendPayment, stepPayment } from './payment.ts';

const CHECK_EVERY_MS = 2_000;

export interface TenderActions {
  /** F9: to the only tender there is. */
  pay(): void;
  /** F8: cash with the exact amount filled in. */
  payExact(): void;
  back(): void;
  typeGiven(key: string): void;
  giveExactly(amount: number): void;
  /** Up and down walk the quick amounts. */
  nextQuickAmount(direction: 1 | -1): void;
  takeCash(): void;
  /** Asks the node what became of a sale whose answer never came. */
  checkSaved(): void;
}

export interface TenderReactions {
  refreshPrices: (productIds: string[]) => Promise<void>;
  keepDraft: () => Promise<void>;
  signedOut: () => void;
}

export function tenderActions(parts: TillParts, reactions: TenderReactions): TenderActions {
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
      entry: '',
      multiplier: null,
      done: { sale, shownAt: clock.now(), voucher: 0, pours: {} },
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
      if (isRefusal(error) && error.problem.code !== 'id-reused') return refused(error);
      step('lost');
      warn(parts, noticeOf('warn', 'save_checking'));
      void check();
    }
  }

  async function refused({ problem }: ProblemError): Promise<void> {
    step('refused');
    if (problem.code === 'sign-in-needed') return reactions.signedOut();
    const before = openSale(state.get());
    const changes = ['wrong-total', 'unknown-product', 'out-of-stock'];
    if (changes.includes(problem.code)) await reactions.refreshPrices(before.lines.map((line) => line.productId));
    const wasRepriced = openSale(state.get()).cashDue !== before.cashDue;
    if (wasRepriced) return;
    const product = state.get().catalogue.products.get(String(problem.facts?.productId ?? ''));
    if (problem.code === 'out-of-stock' && product) return warn(parts, noticeOf('fault', 'out_of_stock', { name: product.name }));
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

  function open(exact: boolean): void {
    const current = state.get();
    const sale = openSale(current);
    if (current.screen !== 'sell' || isPending(current.payment) || whyNotPay(current, sale)) return;
    change(parts, {
      screen: 'cash',
      sheet: null,
      saleOpen: false,
      entry: '',
      notice: current.payment.state === 'absent' ? current.notice : null,
      given: exact ? fillGiven(sale.cashDue, sale.currency) : nothingGiven,
    });
  }

  const give = (amount: number) => {
    if (!isPending(state.get().payment)) change(parts, { given: fillGiven(amount, openSale(state.get()).currency) });
  };

  return {
    pay: () => open(false),
    payExact: () => open(true),
    back() {
      if (!isPending(state.get().payment)) change(parts, { screen: 'sell', given: nothingGiven });
    },
    typeGiven(key) {
      const { given, payment } = state.get();
      if (!isPending(payment)) change(parts, { given: typeGiven(given, key, openSale(state.get()).currency) });
    },
    giveExactly: give,
    nextQuickAmount(direction) {
      const { cashDue, currency } = openSale(state.get());
      const amounts = quickAmounts(cashDue, currency);
      const at = amounts.indexOf(amountGiven(state.get().given, currency));
      const index = at < 0 ? 0 : (at + direction + amounts.length) % amounts.length;
      give(amounts[index] ?? cashDue);
    },
    takeCash() {
      const current = state.get();
      const sale = openSale(current);
      if (current.screen !== 'cash' || whyNotTake(current, sale)) return;
      const body: CloseSale = {
        id: current.payment.saleId ?? makeId(),
        lines: current.cart.lines.map(({ lineId, productId, quantity }) => ({ lineId, productId, quantity })),
        tenders: [
          {
            tenderId: current.payment.body?.tenders[0]?.tenderId ?? makeId(),
            method: 'cash',
            tendered: amountGiven(current.given, sale.currency),
          },
        ],
        total: sale.total,
        currency: sale.currency,
      };
      const payment = sendPayment(current.payment, body);
      if (payment === current.payment) return;
      change(parts, { payment, notice: null, sheet: null });
      void send(body);
    },
    checkSaved() {
      if (state.get().payment.state !== 'checking') return;
      change(parts, { screen: 'cash' });
      warn(parts, noticeOf('warn', 'save_checking'));
      void check();
    },
  };
}
