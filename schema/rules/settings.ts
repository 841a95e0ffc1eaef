// What a store may decide for itself: every setting with what holds until somebody says otherwise. The centre keeps them, the store's shape
// brings them down, and node and till obey them at once. The schema that names a wrong one by its field is in wire/store.ts.
import { type Currency, currencies } from '../values/currency.ts';
import { ok, type Result, refuse } from '../values/result.ts';
import { readStaticQris } from './qris.ts';
import type { LabelPattern } from './shelf-label.ts';

export const storeLanguages = ['id', 'en', 'sv'] as const;

export type StoreLanguage = (typeof storeLanguages)[number];

/** How far a seller may go alone. Null in a part sets no limit by that part; both must hold. */
export interface DiscountLimit {
  /** Hundredths of a percent of what the discount is taken from. */
  percent: number | null;
  /** Minor units. */
  amount: number | null;
}

export interface StoreSettings {
  /** Cash is rounded to this many minor units; null for not at all. */
  cashStep: number | null;
  /** The hour at which the business day turns. */
  cutOverHour: number;
  /** Whether a QRIS payment that nobody can confirm may be taken, as unverified and with a manager's acceptance. */
  offlineQris: 'off' | 'unverified';
  /** The text of the store's printed QRIS code. */
  qrisStatic: string | null;
  /** Whether a card terminal of its own stands beside the till. */
  cardTerminal: boolean;
  tips: boolean;
  discountLimit: DiscountLimit;
  /** Minor units that a seller may give back alone. */
  refundLimit: number;
  /** For how many days goods come back; null for ever. */
  returnDays: number | null;
  /** Nothing is sold at a till whose shift is not open. */
  requireShift: boolean;
  /** Minutes without a touch after which a till asks who is there; null for never. */
  autoLockMinutes: number | null;
  receiptHeader: string | null;
  receiptFooter: string | null;
  /** What the tills offer; the first is the store's own, on receipts too. */
  languages: StoreLanguage[];
  voucherMinutes: number;
  /** Stock at or under which a product is low, in whole units, where the product itself does not say; null for never. */
  lowStockAt: number | null;
  /** Days ahead in which goods count as expiring soon. */
  expiringDays: number;
  /** For how many hours nobody need wonder why the store is silent, as its internet comes and goes; null where it always has some. */
  awayHours: number | null;
  /** What the barcodes of the shop's own scale mean. */
  labelPatterns: LabelPattern[];
}

/** About one large note of a currency, in minor units: what a seller may give away or back without asking. */
const largeNotes: Partial<Record<Currency, number>> = {
  IDR: 10_000_000,
  SEK: 50_000,
  NOK: 50_000,
  DKK: 50_000,
  EUR: 5_000,
  USD: 5_000,
  SGD: 5_000,
  MYR: 10_000,
  CHF: 5_000,
  JPY: 10_000,
  KWD: 20_000,
};

export function standardSettings(currency: Currency, language: StoreLanguage): StoreSettings {
  const largeNote = largeNotes[currency] ?? 0;
  return {
    cashStep: currencies[currency].cashStep,
    cutOverHour: 4,
    offlineQris: 'off',
    qrisStatic: null,
    cardTerminal: false,
    tips: false,
    discountLimit: { percent: 1_000, amount: largeNote },
    refundLimit: largeNote,
    returnDays: 14,
    requireShift: false,
    autoLockMinutes: 5,
    receiptHeader: null,
    receiptFooter: null,
    languages: [language, ...storeLanguages.filter((other) => other !== language)],
    voucherMinutes: 15,
    lowStockAt: null,
    expiringDays: 7,
    awayHours: null,
    labelPatterns: [],
  };
}

/** Rows that were written before a setting was thought of get its standard. */
export function completeSettings(currency: Currency, kept: Partial<StoreSettings>): StoreSettings {
  const standard = standardSettings(currency, kept.languages?.[0] ?? 'id');
  return { ...standard, ...kept, discountLimit: { ...standard.discountLimit, ...kept.discountLimit } };
}

type Wrong = { field: keyof StoreSettings; detail: string; next: string };

/** What no single field can tell: settings that do not fit each other or the world. */
export function checkSettings(settings: StoreSettings): Result<StoreSettings, 'bad-setting'> {
  const wrong = wrongQris(settings) ?? wrongLabels(settings);
  if (!wrong) return ok(settings);
  const { detail, ...more } = wrong;
  return refuse('bad-setting', detail, more);
}

function wrongQris({ offlineQris, qrisStatic }: StoreSettings): Wrong | undefined {
  const read = qrisStatic === null ? ok(null) : readStaticQris(qrisStatic);
  if (!read.ok)
    return { field: 'qrisStatic', detail: read.detail, next: 'Copy the text of the store’s printed QRIS code again.' };
  if (offlineQris === 'unverified' && qrisStatic === null)
    return {
      field: 'offlineQris',
      detail: 'QRIS cannot be taken without the store’s own code.',
      next: 'Set qrisStatic as well.',
    };
  return undefined;
}

const LABEL_LENGTH = 13;
const FEWEST_VALUE_DIGITS = 3;

function wrongLabels({ labelPatterns }: StoreSettings): Wrong | undefined {
  for (const [index, { prefix, itemDigits, priceCheck }] of labelPatterns.entries()) {
    const valueDigits = LABEL_LENGTH - 1 - prefix.length - itemDigits - (priceCheck ? 1 : 0);
    if (valueDigits < FEWEST_VALUE_DIGITS)
      return {
        field: 'labelPatterns',
        detail: `Pattern ${index + 1} leaves ${valueDigits} digits for its price or weight.`,
        next: 'Give it fewer item digits.',
      };
    // The pattern itself fits as well, so there always is a first.
    const first = labelPatterns.findIndex((other) => other.prefix.startsWith(prefix) || prefix.startsWith(other.prefix));
    if (first < index)
      return {
        field: 'labelPatterns',
        detail: `Patterns ${first + 1} and ${index + 1} begin alike.`,
        next: 'Keep one pattern for each prefix.',
      };
  }
  return undefined;
}
