// Holding a sale and going on with it, at this till or another. What is held here while the node is gone stays here until it is back.
import type { Draft, DraftSummary } from '#schema/wire/draft';
import { isRefusal } from '../node-link/calls.ts';
import { emptyCart, isBegun } from '../sale/cart.ts';
import { isPending, noPayment } from '../tender/payment.ts';
import { announce, change, noticeOf, type TillParts, warn } from '../till-parts.ts';
import type { TillState } from '../till-state.ts';
import type { DraftSender } from './draft-sender.ts';
import { canHold, contentOf, readContent, summaryOf } from './held-sale.ts';
import type { UnsentDraft } from './held-state.ts';

export interface HeldActions {
  setName(name: string): void;
  /** Reads the list of the store again. */
  refresh(): Promise<void>;
  /** Nobody has to give a name. */
  hold(): Promise<boolean>;
  /** Goes on with a held or binned sale, or one that is open at another till; what is open here is held first. */
  resume(id: string): Promise<void>;
  bin(id: string): Promise<void>;
  /** Holds the sale that is being paid, whatever has been paid of it, and goes on with `then`; whether one was being paid. */
  holdPaid(then: () => void): boolean;
  /** Takes the last holding or resuming back; whether there was one. */
  undo(): boolean;
}

const nothingOpen = {
  cart: emptyCart,
  payment: noPayment,
  charges: [],
  charge: null,
  ageChecked: 0,
  approvals: [],
  draft: null,
  entry: '',
  multiplier: null,
} satisfies Partial<TillState>;

/** What the node has instead of what the list said: a revision that is not its newest is refused with that one. */
const newerOf = (error: unknown): DraftSummary | undefined =>
  isRefusal(error) && error.problem.code === 'stale-draft' ? (error.problem.facts?.draft as DraftSummary | undefined) : undefined;

/** Nobody has it open, or the till does where it was seen open; a till that went on with it since keeps it. */
const isFree = (seen: UnsentDraft | DraftSummary, now: DraftSummary): boolean =>
  now.state !== 'open' || (seen.state === 'open' && 'tillId' in seen && seen.tillId === now.tillId);

export function heldActions(parts: TillParts, sender: DraftSender): HeldActions {
  const { state, clock, calls, outbox, page } = parts;
  let holding: Promise<string | null> | null = null;

  const place = (draft: UnsentDraft) =>
    state.update((current) => {
      const unsent = [draft, ...current.held.unsent.filter(({ id }) => id !== draft.id)];
      return { ...current, held: { ...current.held, unsent } };
    });

  const forget = (id: string) =>
    state.update((current) => {
      const { sales, unsent } = current.held;
      const others = <Sale extends { id: string }>(from: readonly Sale[]) => from.filter((sale) => sale.id !== id);
      return { ...current, held: { ...current.held, sales: others(sales), unsent: others(unsent) } };
    });

  /** Kept before the open sale is let go, so that no moment is without it. The id of what was held. */
  async function holdOpen(name: string | null): Promise<string | null> {
    const before = state.get();
    const { draft } = before;
    if (!draft || !canHold(before)) return null;
    const held: UnsentDraft = {
      id: draft.id,
      revision: draft.revision + 1,
      pageId: page,
      state: 'held',
      name: name ?? draft.name,
      staffId: before.session?.person?.id ?? null,
      ...summaryOf(before),
      changedAt: new Date(clock.now() + before.clockOffsetMs).toISOString(),
      content: contentOf(before),
    };
    await outbox.put(held);
    // An item that was scanned meanwhile belongs to it.
    if (contentOf(state.get()) !== held.content || state.get().draft?.revision !== draft.revision) return holdOpen(name);
    change(parts, nothingOpen);
    place(held);
    return held.id;
  }

  /** From this browser where the node has not heard of it, else from the node, which gives it to one page alone. */
  async function take(id: string): Promise<UnsentDraft | null> {
    const { held } = state.get();
    const unsent = (await outbox.all()).find((draft) => draft.id === id);
    if (unsent) return unsent;
    const seen = [...held.unsent, ...held.sales].find((draft) => draft.id === id);
    if (!seen) return null;
    const ask = ({ revision }: Pick<Draft, 'revision'>) => calls.draft.take({ params: { id }, body: { revision, pageId: page } });
    try {
      return await ask(seen).catch((error) => {
        const now = newerOf(error);
        // Only the list was old: nobody has gone on with it, and a second press would bring it.
        if (now && isFree(seen, now)) return ask(now);
        throw error;
      });
    } catch (error) {
      warn(parts, notTaken(error));
      void sender.refresh();
      return null;
    }
  }

  function notTaken(error: unknown) {
    if (!isRefusal(error)) return noticeOf('warn', 'held_waits');
    const now = newerOf(error);
    return now?.state === 'open' ? noticeOf('info', 'sale_went', { till: now.tillName }) : noticeOf('info', 'held_gone');
  }

  async function resume(id: string): Promise<string | null | undefined> {
    if (isPending(state.get().payment) || state.get().held.busy) return undefined;
    state.update((current) => ({ ...current, held: { ...current.held, busy: true } }));
    try {
      const taken = await take(id);
      const open = taken && readContent(taken.content);
      if (!taken || !open) return undefined;
      const instead = await holdOpen(null);
      const { revision, name, pageId } = taken;
      // Open before it leaves the list, so that no moment is without it.
      change(parts, {
        ...nothingOpen,
        ...open,
        draft: { id, revision, name, page: pageId },
        screen: 'sell',
        sheet: null,
        saleOpen: false,
      });
      await outbox.remove(taken);
      forget(id);
      sender.nudge();
      return instead;
    } finally {
      state.update((current) => ({ ...current, held: { ...current.held, busy: false } }));
    }
  }

  return {
    refresh: sender.refresh,
    setName: (name) => state.update((current) => ({ ...current, held: { ...current.held, name } })),
    async hold() {
      const name = state.get().held.name.trim();
      const id = await holdOpen(name || null);
      if (id === null) return false;
      state.update((current) => ({ ...current, held: { ...current.held, name: '' } }));
      change(parts, {
        screen: 'sell',
        sheet: null,
        saleOpen: false,
        notice: null,
        last: null,
        moved: { to: 'held', id, instead: null },
      });
      announce(parts, 'held_done');
      void sender.send();
      return true;
    },
    async resume(id) {
      const instead = await resume(id);
      if (instead === undefined) return;
      change(parts, { moved: { to: 'open', id, instead }, notice: instead === null ? null : noticeOf('info', 'held_instead') });
      announce(parts, 'held_resumed');
    },
    async bin(id) {
      const taken = await take(id);
      if (!taken) return;
      const binned: UnsentDraft = {
        ...taken,
        revision: taken.revision + 1,
        pageId: page,
        state: 'binned',
        changedAt: new Date(clock.now() + state.get().clockOffsetMs).toISOString(),
      };
      await outbox.put(binned);
      forget(id);
      place(binned);
      announce(parts, 'held_binned');
      void sender.send();
    },
    holdPaid(then) {
      const { screen, charge, charges } = state.get();
      const isPartPaid = charges.length > 0 && ['tender', 'cash', 'charge'].includes(screen);
      if (!isPartPaid && !(screen === 'charge' && charge?.method === 'qris')) return false;
      // The next item of a quick scanner comes before this one is held.
      holding ??= holdOpen(null).finally(() => {
        holding = null;
      });
      void holding.then(() => {
        change(parts, { screen: 'sell', sheet: null });
        then();
        warn(parts, noticeOf('info', 'held_for_scan'));
        void sender.send();
      });
      return true;
    },
    undo() {
      const { moved, cart } = state.get();
      if (!moved) return false;
      change(parts, { moved: null });
      const back = async () => {
        if (moved.to === 'open' && isBegun(cart)) await holdOpen(null);
        const id = moved.to === 'held' ? moved.id : moved.instead;
        if (id !== null) await resume(id);
        void sender.send();
      };
      void back();
      return true;
    },
  };
}
