// The way to being paid: which tender, how much was given. The sending itself is in closing.ts.
import { quickAmounts, type TenderMethod } from '#schema/rules/tender';
import { change, type TillParts } from '../till-parts.ts';
import { isSide, openSale, whyNotCharge, whyNotPay, whyNotTake } from '../till-state.ts';
import { type ChargeEntry, type ChargeMethod, chargeOf, methodsOf, newCharge, typeCharge } from './charge.ts';
import type { Closing } from './closing.ts';
import { amountGiven, fillGiven, nothingGiven, typeGiven } from './given.ts';
import { isPending } from './payment.ts';

export interface TenderActions {
  /** F9: to the only tender there is, or to the choice. */
  pay(): void;
  choose(method: TenderMethod): void;
  /** 1 to 3. */
  chooseByNumber(key: string): void;
  aimCharge(target: ChargeEntry['target']): void;
  typeCharge(key: string): void;
  /** The terminal's slip is there, or the code is taken unconfirmed. */
  takeCharge(): void;
  removeCharge(tenderId: string): void;
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

  const isPaying = () => ['tender', 'charge', 'cash'].includes(state.get().screen);

  function open(exact: boolean): void {
    const current = state.get();
    const sale = openSale(current);
    if ((current.screen !== 'sell' && !isSide(current.screen)) || isPending(current.payment) || whyNotPay(current, sale)) return;
    if (!reactions.passesAge(() => open(exact))) return;
    const isChoice = !exact && (methodsOf(current.session).length > 1 || current.charges.length > 0);
    if (isChoice) toTender();
    else toCash(exact);
  }

  const toTender = () =>
    change(parts, { screen: 'tender', sheet: null, saleOpen: false, entry: '', given: nothingGiven, charge: null });

  function toCash(exact: boolean): void {
    const current = state.get();
    const sale = openSale(current);
    change(parts, {
      screen: 'cash',
      sheet: null,
      saleOpen: false,
      entry: '',
      notice: current.payment.state === 'absent' ? current.notice : null,
      given: exact ? fillGiven(sale.cashDue, sale.currency) : nothingGiven,
    });
  }

  function toCharge(method: ChargeMethod): void {
    const { rest, currency } = openSale(state.get());
    const tillCode = state.get().session?.till.code ?? '';
    change(parts, {
      screen: 'charge',
      charge: newCharge({ tenderId: makeId(), method, rest, currency, tillCode }),
      notice: null,
    });
  }

  function choose(method: TenderMethod): void {
    const current = state.get();
    if (current.screen !== 'tender' || isPending(current.payment) || whyNotPay(current, openSale(current))) return;
    if (method === 'cash') toCash(false);
    else toCharge(method);
  }

  function takeCharge(): void {
    const current = state.get();
    const { rest, currency } = openSale(current);
    if (current.screen !== 'charge' || !current.charge || whyNotCharge(current, openSale(current))) return;
    if (!reactions.passesAge(takeCharge)) return;
    const charge = chargeOf(current.charge, rest, currency);
    if (typeof charge === 'string') return;
    const charges = [...current.charges, charge];
    change(parts, { charges });
    toTender();
    if (charge.amount === rest) reactions.close(charges);
  }

  function takeCash(): void {
    const current = state.get();
    const sale = openSale(current);
    if (current.screen !== 'cash' || whyNotTake(current, sale)) return;
    if (!reactions.passesAge(takeCash)) return;
    const tenderId = current.payment.body?.tenders.find(({ method }) => method === 'cash')?.tenderId ?? makeId();
    reactions.close([...current.charges, { tenderId, method: 'cash', tendered: amountGiven(current.given, sale.currency) }]);
  }

  const give = (amount: number) => {
    if (!isPending(state.get().payment)) change(parts, { given: fillGiven(amount, openSale(state.get()).currency) });
  };

  return {
    pay: () => open(false),
    payExact: () => open(true),
    choose,
    chooseByNumber(key) {
      const method = methodsOf(state.get().session)[Number(key) - 1];
      if (method) choose(method);
    },
    aimCharge: (target) => state.update((current) => ({ ...current, charge: current.charge && { ...current.charge, target } })),
    typeCharge(key) {
      const { charge } = state.get();
      if (charge) change(parts, { charge: typeCharge(charge, key, openSale(state.get()).currency) });
    },
    takeCharge,
    removeCharge(tenderId) {
      const { charges, payment } = state.get();
      if (!isPending(payment)) change(parts, { charges: charges.filter((charge) => charge.tenderId !== tenderId) });
    },
    back() {
      const { payment, screen, session, charges } = state.get();
      if (isPending(payment) || !isPaying()) return;
      if (screen !== 'tender' && (methodsOf(session).length > 1 || charges.length > 0)) return toTender();
      change(parts, { screen: 'sell', given: nothingGiven, charge: null });
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
