// The open sale and the payment under way, kept over a reload, a crash, a closed lid. Each tab has its own: a page holds the sale that
// bears its name, and takes over one whose page is gone: its own before the reload, else what a closed or crashed tab left behind. A page
// that only stood still so long lets go of it when it wakes, so that no two go on with one sale.
import type { ChargeOffer } from '#schema/rules/tender';
import type { MakeId } from '#schema/values/id';
import type { Keep } from '../base/keep.ts';
import type { Tab } from '../base/tab.ts';
import type { OpenDraft } from '../held/held-state.ts';
import { isPending, type Payment } from '../tender/payment.ts';
import { type Cart, goodsOf, isBegun } from './cart.ts';

export interface Draft {
  cart: Cart;
  /** As the node knows it. */
  draft: OpenDraft | null;
  payment: Payment;
  /** What was paid by card or code before it. */
  charges: readonly ChargeOffer[];
}

export interface DraftBox {
  load(): Promise<Draft | null>;
  save(draft: Draft): Promise<void>;
  /** While this page stood still another took its sale over. `isSame`: all that is shown here is there. */
  onTaken(letGo: (isSame: boolean) => void): void;
}

interface KeptDraft extends Draft {
  version: 4;
  /** The page that has it open, or had. */
  page: string;
}

interface DraftParts {
  keep: Keep;
  tab: Tab;
  makeId: MakeId;
}

const PREFIX = 'open-sale/';

const isKept = (value: unknown): value is KeptDraft =>
  typeof value === 'object' && value !== null && (value as KeptDraft).version === 4;

const holdsGoods = ({ cart, payment }: Draft): boolean => isBegun(cart) || isPending(payment);

const isSame = (one: Draft, other: Draft): boolean =>
  JSON.stringify([goodsOf(one.cart), one.charges]) === JSON.stringify([goodsOf(other.cart), other.charges]);

const isUntouched = (draft: Draft): boolean => !holdsGoods(draft) && draft.cart.past.length === 0;

export function draftBox({ keep, tab, makeId }: DraftParts): DraftBox {
  const { page } = tab;
  let key = '';
  let shown: Draft | null = null;
  /** What is kept of it: a page that takes the sale over has this. */
  let kept: Draft | null = null;
  let letGo = (_isSame: boolean) => {};

  const open = (chosen: string) => {
    key = chosen;
    tab.rememberOpenSale(key);
  };

  /** In one step, so that of two tabs that want it one has it. */
  async function takeOver(from: string, seen: KeptDraft): Promise<KeptDraft | null> {
    const now = await keep.alter(from, (kept) => (isKept(kept) && kept.page === seen.page ? { ...kept, page } : kept));
    return isKept(now) && now.page === page ? now : null;
  }

  async function findOwn(): Promise<KeptDraft | null> {
    const kept = (await keep.entries(PREFIX)).filter((entry): entry is [string, KeptDraft] => isKept(entry[1]));
    if (kept.length === 0) return null;
    const living = await tab.others();
    const own = tab.openSale();
    const left = kept.filter(([, draft]) => !living.has(draft.page));
    // Ids rise with time: the newest first, but before all the one that this tab had.
    left.sort(([one], [other]) => Number(other === own) - Number(one === own) || (one < other ? 1 : -1));
    for (const [from, draft] of left) {
      const taken = from === own || holdsGoods(draft) ? await takeOver(from, draft) : null;
      if (taken) {
        open(from);
        tab.tellTaken(from, draft.page);
        return taken;
      }
    }
    return null;
  }

  async function save(draft: Draft): Promise<void> {
    const used = key;
    shown = draft;
    const now = await keep.alter(used, (before) => {
      // Left meanwhile, and never to be written again.
      if (used !== key || (isKept(before) && before.page !== page)) return before;
      return isUntouched(draft)
        ? undefined
        : { version: 4, page, cart: draft.cart, draft: draft.draft, payment: draft.payment, charges: draft.charges };
    });
    if (used !== key || !isKept(now)) return;
    if (now.page === page) kept = draft;
    else leave();
  }

  /** The sale is another page's: what is shown from now on goes under a name of its own. */
  function leave(): void {
    const [here, there] = [shown, kept];
    // The page must know what it asked for until that is answered; then it saves, and is here again.
    if (here && isPending(here.payment)) return;
    open(PREFIX + makeId());
    kept = null;
    if (here?.draft && there?.draft && here.draft.id !== there.draft.id) void save(here);
    else letGo(here !== null && there !== null && isSame(here, there));
  }

  tab.onTaken(async (sale) => {
    let isBack = false;
    await keep.alter(sale, (before) => {
      // The other page had ended the sale before this one woke and changed it: what is kept now is this page's alone.
      isBack = isKept(before) && before.page === page && !isPending(before.payment);
      return isBack ? undefined : before;
    });
    if (sale !== key) return;
    if (isBack) kept = null;
    leave();
  });

  return {
    async load() {
      const found = await findOwn();
      if (!found) open(PREFIX + makeId());
      shown = found && { cart: found.cart, draft: found.draft, payment: found.payment, charges: found.charges };
      kept = shown;
      return shown;
    },
    save,
    onTaken(hear) {
      letGo = hear;
    },
  };
}
