// Everything the page shows, as one value. What follows from it is computed, never stored beside it.
import type { ChargeOffer } from '#schema/rules/tender';
import type { Currency } from '#schema/values/currency';
import type { Sale } from '#schema/wire/sale';
import type { StaffPerson } from '#schema/wire/staff';
import type { SyncState, TillSession } from '#schema/wire/till';
import type { Trouble } from '#schema/wire/trouble';
import type { WantedApproval } from './approval/wanted-approval.ts';
import type { Notice } from './base/notice.ts';
import { type TillSettings, usualSettings } from './base/settings.ts';
import { type Catalogue, noCatalogue } from './catalogue/catalogue.ts';
import { type DiscountEntry, noDiscountEntry } from './discount/discount-entry.ts';
import type { HeldSales, Moved, OpenDraft } from './held/held-state.ts';
import type { NodeLink } from './node-link/state-line.ts';
import { noPrints, type PrintState } from './print/print-state.ts';
import type { ReturnEntry } from './returns/return-entry.ts';
import { type Cart, emptyCart } from './sale/cart.ts';
import { type PricedSale, priceSale } from './sale/priced-sale.ts';
import { noProof, type ProofEntry } from './sign-in/proof.ts';
import { type ChargeEntry, chargedBy, chargeOf } from './tender/charge.ts';
import { amountGiven, type Given, nothingGiven } from './tender/given.ts';
import { isPending, noPayment, type Payment } from './tender/payment.ts';
import type { Language, WordKey } from './words/words.ts';

/** The steps of a sale. */
export type SaleScreen = 'sell' | 'tender' | 'charge' | 'cash' | 'done';
/** Screens beside the sale, each loaded by itself (menu/side-screens.ts). */
export type SideScreen =
  | 'held'
  | 'returns'
  | 'details'
  | 'receipts'
  | 'shift'
  | 'reports'
  | 'count'
  | 'goods'
  | 'stock'
  | 'devices'
  | 'settings';
export type Screen = SaleScreen | SideScreen;
export type Sheet = 'approval' | 'age' | 'discount' | 'keys' | 'menu' | 'quantity';

export interface Pour {
  outcome: 'pouring' | 'ok' | 'fail' | 'uncertain' | 'refused' | 'no-answer';
  reason: string | null;
}

export interface DoneSale {
  sale: Sale;
  shownAt: number;
  /** Which voucher is shown: one at a time, two codes in one view confuse a dispenser. */
  voucher: number;
  pours: Record<string, Pour>;
  /** The receipt's own code stands where the voucher stood. */
  showsCode: boolean;
}

export interface TillState {
  phase: 'starting' | 'pairing' | 'ready';
  pairing: { busy: boolean; problem: WordKey | null };
  session: TillSession | null;
  /** Who may sign in here; nobody in a store without staff. */
  staff: readonly StaffPerson[];
  /** A PIN as it is typed, for signing in or for approving. */
  proof: ProofEntry;
  link: NodeLink;
  sync: SyncState | undefined;
  /** What is wrong with the node itself. */
  troubles: readonly Trouble[];
  /** The node's clock less this machine's. */
  clockOffsetMs: number;
  language: Language;
  oneKeyShortcuts: boolean;
  /** What a person chose for this till beside its language. */
  settings: TillSettings;
  catalogue: Catalogue;
  category: string | null;
  search: { text: string; results: readonly string[] | null };
  cart: Cart;
  /** The open sale as the node knows it; null until something is in it. */
  draft: OpenDraft | null;
  held: HeldSales;
  moved: Moved | null;
  returning: ReturnEntry | null;
  print: PrintState;
  /** Digits typed on Sell, waiting for `*`. */
  entry: string;
  /** Quantity of the next item. */
  multiplier: number | null;
  screen: Screen;
  sheet: Sheet | null;
  /** On a phone the sale opens over the items. */
  saleOpen: boolean;
  discount: DiscountEntry;
  /** What a manager is asked for. */
  approval: WantedApproval | null;
  /** What managers approved for the open sale. */
  approvals: readonly string[];
  /** The age in years that the seller saw proven for the open sale. */
  ageChecked: number;
  given: Given;
  /** Payments beside cash that the open sale has already. */
  charges: readonly ChargeOffer[];
  /** The one that is being entered. */
  charge: ChargeEntry | null;
  payment: Payment;
  done: DoneSale | null;
  /** The last change stays in sight until the next line. */
  last: { receipt: string; change: number } | null;
  notice: Notice | null;
  announced: { polite: string; assertive: string };
}

export const firstState = (language: Language, oneKeyShortcuts: boolean): TillState => ({
  phase: 'starting',
  pairing: { busy: false, problem: null },
  session: null,
  staff: [],
  proof: noProof,
  link: 'connecting',
  sync: undefined,
  troubles: [],
  clockOffsetMs: 0,
  language,
  oneKeyShortcuts,
  settings: usualSettings,
  catalogue: noCatalogue,
  category: null,
  search: { text: '', results: null },
  cart: emptyCart,
  draft: null,
  held: { sales: [], unsent: [], name: '', busy: false },
  moved: null,
  returning: null,
  print: noPrints,
  entry: '',
  multiplier: null,
  screen: 'sell',
  sheet: null,
  saleOpen: false,
  discount: noDiscountEntry,
  approval: null,
  approvals: [],
  ageChecked: 0,
  given: nothingGiven,
  charges: [],
  charge: null,
  payment: noPayment,
  done: null,
  last: null,
  notice: null,
  announced: { polite: '', assertive: '' },
});

export interface StoreSettings {
  currency: Currency;
  cashStep: number | null;
  timeZone: string;
}

/** Before the node has said where it is, nothing is priced and nothing is shown; rupiah stand for nothing then. */
export const storeSettings = ({ session }: Pick<TillState, 'session'>): StoreSettings => ({
  currency: (session?.store.currency ?? 'IDR') as Currency,
  cashStep: session?.store.settings.cashStep ?? null,
  timeZone: session?.store.timeZone ?? 'UTC',
});

export const openSale = (state: Pick<TillState, 'cart' | 'catalogue' | 'session' | 'charges'>): PricedSale =>
  priceSale(state.cart, state.catalogue, storeSettings(state), chargedBy(state.charges));

const saleScreens: readonly Screen[] = ['sell', 'tender', 'charge', 'cash', 'done'] satisfies SaleScreen[];

export const isSide = (screen: Screen): screen is SideScreen => !saleScreens.includes(screen);

export const isPersonHere = ({ session }: Pick<TillState, 'session'>): boolean => (session?.person ?? null) !== null;

/** Nobody is signed in where somebody must be. */
export const asksWho = ({ session }: Pick<TillState, 'session'>): boolean => session?.staffed === true && session.person === null;

/** A PIN or a badge is asked for: of who sells, or of a manager. */
export const asksProof = (state: Pick<TillState, 'session' | 'sheet'>): boolean => asksWho(state) || state.sheet === 'approval';

/** Why Pay waits, in words; null when the sale can be paid. */
export function whyNotPay(state: TillState, sale: PricedSale): WordKey | null {
  if (state.link === 'lost' || state.link === 'connecting' || !state.catalogue.complete) return 'why_node_lost';
  if (sale.lines.length === 0) return 'why_empty';
  if (!sale.allSold) return 'why_not_sold';
  if (!sale.allFit) return 'why_discount';
  return sale.rest < 0 ? 'why_overpaid' : null;
}

/** Why a payment beside cash waits. */
export function whyNotCharge(state: TillState, sale: PricedSale): WordKey | null {
  if (isPending(state.payment)) return 'saving';
  const why = whyNotPay(state, sale);
  if (why || !state.charge) return why;
  const charge = chargeOf(state.charge, sale.rest, sale.currency);
  return typeof charge === 'string' ? charge : null;
}

/** Why Take cash waits. */
export function whyNotTake(state: TillState, sale: PricedSale): WordKey | null {
  if (isPending(state.payment)) return 'saving';
  const why = whyNotPay(state, sale);
  if (why) return why;
  return amountGiven(state.given, sale.currency) < sale.cashDue || state.given.text === '' ? 'enter_given' : null;
}
