// Turns keys into what they mean. The scanner has heard them first; a control that used a key keeps it.
import { isPending } from '../tender/payment.ts';
import type { Till } from '../till.ts';
import { asksProof, isSide, type TillState } from '../till-state.ts';
import { type Command, commandOf, type KeyPlace } from './key-map.ts';

export const SEARCH_FIELD = 'search-field';

const isField = (target: EventTarget | null): boolean =>
  (target instanceof HTMLInputElement && target.dataset.scanSink === undefined) || target instanceof HTMLTextAreaElement;

function goBack(till: Till): void {
  const { sheet, search, entry, multiplier, screen, saleOpen } = till.state.get();
  if (sheet) till.openSheet(null);
  else if (saleOpen) till.showSale(false);
  else if (screen === 'cash' || screen === 'tender' || screen === 'charge') till.tender.back();
  else if (screen === 'done') till.done.next();
  else if (isSide(screen)) till.side.open('sell');
  else if (search.text) till.search.clear();
  else if (entry || multiplier) till.sale.clearEntry();
}

/** Digits go to the amount of the screen. */
function typeOn(till: Till, key: string): void {
  const { screen } = till.state.get();
  if (screen === 'cash') till.tender.typeGiven(key);
  else if (screen === 'charge') till.tender.typeCharge(key);
  else till.sale.typeEntry(key);
}

const acts: Record<Command, (till: Till, key: string) => void> = {
  help: (till) => till.openSheet(till.state.get().sheet === 'keys' ? null : 'keys'),
  menu: (till) => till.openSheet(till.state.get().sheet === 'menu' ? null : 'menu'),
  search: () => document.getElementById(SEARCH_FIELD)?.focus(),
  more: (till) => till.sale.step(1),
  less: (till) => till.sale.step(-1),
  times: (till) => till.sale.useEntry(),
  digit: typeOn,
  erase: (till) => typeOn(till, 'Backspace'),
  choose: (till, key) => till.tender.chooseByNumber(key),
  remove: (till) => till.sale.remove(),
  undo: (till) => till.sale.undo(),
  discount: (till) => till.discount.open(),
  hold: (till) => (till.state.get().screen === 'held' ? void till.held.hold() : till.side.open('held')),
  return: (till) => till.side.open('returns'),
  print: (till) => till.done.print(),
  exact: (till) => till.tender.payExact(),
  pay: (till) => {
    if (till.side.main()) return;
    const { screen } = till.state.get();
    if (screen === 'cash') return till.tender.takeCash();
    if (screen === 'charge') return till.tender.takeCharge();
    till.tender.pay();
  },
  up: (till) => (till.state.get().screen === 'cash' ? till.tender.nextQuickAmount(-1) : till.sale.moveSelection(-1)),
  down: (till) => (till.state.get().screen === 'cash' ? till.tender.nextQuickAmount(1) : till.sale.moveSelection(1)),
  next: (till) => till.done.next(),
  back: goBack,
};

/** What the keys mean where it is asked who somebody is. */
const proves: Partial<Record<Command, (till: Till, key: string) => void>> = {
  digit: (till, key) => till.signIn.type(key),
  erase: (till) => till.signIn.type('Backspace'),
  next: (till) => till.submitProof(),
  back: (till) => till.openSheet(null),
};

/** Digits on a sheet that has its own amount. */
const discounts: Partial<Record<Command, (till: Till, key: string) => void>> = {
  digit: (till, key) => till.discount.type(key),
  erase: (till) => till.discount.type('Backspace'),
  next: (till) => till.discount.give(),
};

function placeOf(state: TillState): KeyPlace {
  const { sheet, screen } = state;
  if (asksProof(state)) return 'proof';
  if (sheet === 'discount' || sheet === 'menu') return sheet;
  return isSide(screen) ? 'side' : screen;
}

export function listenForKeys(till: Till): () => void {
  // A held Enter is one Enter: what it pressed first may have made place for another button.
  const onCapture = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && event.repeat) event.preventDefault();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { phase, oneKeyShortcuts, payment } = till.state.get();
    if (event.key === 'F5' && isPending(payment)) return event.preventDefault();
    if (event.defaultPrevented || event.isComposing || event.altKey || phase !== 'ready') return;
    // Enter presses the button that has the focus; only without one does it mean the screen's main button.
    if (event.key === 'Enter' && event.target instanceof HTMLButtonElement) return;
    const stroke = { key: event.key, ctrl: event.ctrlKey || event.metaKey, inField: isField(event.target) };
    const place = placeOf(till.state.get());
    const command = commandOf(stroke, { screen: place, oneKeyShortcuts });
    if (!command) return;
    event.preventDefault();
    // Held, only what counts up or moves goes on.
    if (event.repeat && !['more', 'less', 'up', 'down', 'digit', 'erase'].includes(command)) return;
    if (place === 'proof') return proves[command]?.(till, event.key);
    if (place === 'menu' && command === 'choose') return till.menu.type(event.key);
    (place === 'discount' ? (discounts[command] ?? acts[command]) : acts[command])(till, event.key);
  };
  window.addEventListener('keydown', onCapture, true);
  window.addEventListener('keydown', onKeyDown);
  return () => {
    window.removeEventListener('keydown', onCapture, true);
    window.removeEventListener('keydown', onKeyDown);
  };
}
