// Tells the node of the open sale as it changes, and of the sales that were held while it was gone. Each change has the next revision and
// is sent until it is answered, so nothing is twice; where another till went on with the sale, this one hears it here.
import type { Draft, DraftSummary } from '#schema/wire/draft';
import { isRefusal, refusalCode } from '../node-link/calls.ts';
import { emptyCart, isBegun } from '../sale/cart.ts';
import { isPending, noPayment } from '../tender/payment.ts';
import { change, noticeOf, type TillParts, warn } from '../till-parts.ts';
import { contentOf, summaryOf } from './held-sale.ts';
import type { UnsentDraft } from './held-state.ts';

/** A busy cashier changes a sale several times a second; the node hears of the last of them. */
const SOON_MS = 400;

export interface DraftSender {
  /** The open sale changed, or something was held. */
  nudge(): void;
  /** The same at once: the node is back. */
  send(): Promise<void>;
  /** Reads the list of the store again. */
  refresh(): Promise<void>;
  /** The open sale is somewhere else: what was added here since goes on as a sale of its own. */
  leave(isSame: boolean, tillName: string | null): void;
}

export function draftSender(parts: TillParts): DraftSender {
  const { state, clock, calls, makeId, outbox, page } = parts;
  let sent: { id: string; content: string } | null = null;
  let cancel = () => {};
  let running: Promise<void> | null = null;
  let isAgain = false;

  const setUnsent = async () => {
    const unsent = await outbox.all();
    state.update((current) => ({ ...current, held: { ...current.held, unsent } }));
  };

  const setSales = (next: (sales: readonly DraftSummary[]) => readonly DraftSummary[]) =>
    state.update((current) => ({ ...current, held: { ...current.held, sales: next(current.held.sales) } }));

  function leave(isSame: boolean, tillName: string | null): void {
    const { draft, cart } = state.get();
    sent = null;
    if (isSame || !isBegun(cart)) {
      change(parts, {
        draft: null,
        cart: emptyCart,
        charges: [],
        payment: noPayment,
        ageChecked: 0,
        moved: null,
        screen: 'sell',
      });
      const where =
        tillName === null ? noticeOf('info', 'sale_ended_elsewhere') : noticeOf('info', 'sale_went', { till: tillName });
      warn(parts, where);
    } else {
      change(parts, { draft: draft && { ...draft, id: makeId(), revision: 0 }, payment: noPayment });
      warn(parts, noticeOf('warn', 'sale_twice', { till: tillName ?? '–' }));
    }
  }

  async function sendOpen(): Promise<void> {
    const now = state.get();
    const { draft, cart, payment } = now;
    if (!draft || isPending(payment) || (!isBegun(cart) && draft.revision === 0)) return;
    const content = contentOf(now);
    if (sent?.id === draft.id && sent.content === content) return;
    const next = { ...draft, revision: draft.revision + 1, page };
    change(parts, { draft: next });
    try {
      const body = {
        revision: next.revision,
        pageId: page,
        state: 'open' as const,
        name: draft.name,
        content,
        ...summaryOf(now),
      };
      await calls.draft.keep({ params: { id: draft.id }, body });
      sent = { id: draft.id, content };
    } catch (error) {
      if (!isRefusal(error)) throw error;
      // Paid or held meanwhile: then it is no longer the open one, and nothing is lost.
      if (state.get().draft?.id !== draft.id || isPending(state.get().payment)) return;
      const known = error.problem.facts?.draft as Draft | undefined;
      if (refusalCode(error) === 'stale-draft' && known && (known.pageId === draft.page || known.pageId === page))
        change(parts, { draft: { ...next, revision: known.revision } });
      else if (refusalCode(error) === 'stale-draft' || refusalCode(error) === 'already-sold')
        leave(content === (known?.content ?? sent?.content), known?.tillName ?? null);
      else return;
      isAgain = true;
    }
  }

  async function sendUnsent(draft: UnsentDraft): Promise<void> {
    const { id, revision, pageId, state: draftState, name, items, total, content } = draft;
    const body = { revision, pageId, state: draftState, name, items, total, content };
    try {
      const { content: _, ...kept } = await calls.draft.keep({ params: { id }, body });
      // In the list as the node's before it leaves the browser's own, so that Undo finds it at any moment.
      setSales((sales) => [kept, ...sales.filter((sale) => sale.id !== id)]);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const known = error.problem.facts?.draft as Draft | undefined;
      // Somebody else changed it meanwhile; both are kept, each under its own id, for a person to look at.
      if (refusalCode(error) === 'stale-draft' && known && known.content !== content)
        await outbox.put({ ...draft, id: makeId(), revision: 1 });
      else if (refusalCode(error) === 'too-many-drafts') return warn(parts, noticeOf('fault', 'held_too_many'));
    }
    await outbox.remove(draft);
    await setUnsent();
  }

  async function run(): Promise<void> {
    do {
      isAgain = false;
      for (const draft of await outbox.all()) await sendUnsent(draft);
      await sendOpen();
    } while (isAgain);
  }

  // The link sees that the node is gone, and calls here when it is back.
  async function send(): Promise<void> {
    cancel();
    if (running) isAgain = true;
    running ??= run()
      .catch(() => {})
      .finally(() => {
        running = null;
      });
    await running;
  }

  /** Another till may have gone on with this sale, or ended it, without a word from here. */
  function look(sales: readonly DraftSummary[]): void {
    const { draft, payment } = state.get();
    if (!draft || sent?.id !== draft.id || isPending(payment)) return;
    const known = sales.find(({ id }) => id === draft.id);
    if (known && known.revision <= draft.revision) return;
    if (known) leave(sent.content === contentOf(state.get()), known.tillName);
    // Not in the list: paid or thrown away elsewhere, or only emptied here. The node says which.
    else sent = null;
    nudge();
  }

  function nudge(): void {
    cancel();
    cancel = clock.after(SOON_MS, () => void send());
  }

  return {
    nudge,
    send,
    leave,
    async refresh() {
      await setUnsent();
      const found = await calls.draft.list().catch(() => null);
      if (!found) return;
      setSales(() => found.items);
      look(found.items);
    },
  };
}
