// The way to being paid: which tender, how much was given. The sending itself is in closing.ts.
import { quickAmounts } from '#schema/rules/tender';
import { change, type TillParts } from '../till-parts.ts';
import { openSale, whyNotPay, whyNotTake } from '../till-state.ts';
import type { Closing } from './closing.ts';
import { amountGiven, fillGiven, nothingGiven, typeGiven } from './given.ts';
import { isPending } from './payment.ts';

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
}

export interface TenderReactions {
  close: Closing['close'];
  /** Whether the way is free; if not, proof of age is asked for and then the way goes on. */
  passesAge: (then: () => void) => boolean;
}

export function tenderActions(parts: TillParts, reactions: TenderReactions): TenderActions {
  const { state, makeId } = parts;

  function open(exact: boolean): void {
    const current = state.get();
    const sale = openSale(current);
    if (current.screen !== 'sell' || isPending(current.payment) || whyNotPay(current, sale)) return;
    if (!reactions.passesAge(() => open(exact))) return;
    change(parts, {
      screen: 'cash',
      sheet: null,
      saleOpen: false,
      entry: '',
      notice: current.payment.state === 'absent' ? current.notice : null,
      given: exact ? fillGiven(sale.cashDue, sale.currency) : nothingGiven,
    });
  }

  function takeCash(): void {
    const current = state.get();
    const sale = openSale(current);
    if (current.screen !== 'cash' || whyNotTake(current, sale)) return;
    if (!reactions.passesAge(takeCash)) return;
    const tenderId = current.payment.body?.tenders.find(({ method }) => method === 'cash')?.tenderId ?? makeId();
    reactions.close([{ tenderId, method: 'cash', tendered: amountGiven(current.given, sale.currency) }]);
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
    takeCash,
  };
}
