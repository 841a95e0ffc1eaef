// A stocktake at this till: chosen or begun, scanned, looked at, finished. Scans show at once and are sent one after the other; those that
// the node has not answered wait in this browser.
import type { Client } from '#schema/client';
import { type CountSummary, countContract, type OpenCount, type StockCount } from '#schema/wire/count';
import { createStateStore, type StateStore } from '../base/state-store.ts';
import { productByCode } from '../catalogue/catalogue.ts';
import { type SideTill, sayProblem, withApproval } from '../menu/side-problem.ts';
import { isRefusal, refusalCode } from '../node-link/calls.ts';
import { announce, noticeOf, warn } from '../till-parts.ts';
import type { WordKey } from '../words/words.ts';
import { scanKeep, type WaitingScan, withLine } from './waiting-scans.ts';

export interface CountingState {
  /** Those that are not finished; null until the node has said. */
  counts: readonly CountSummary[] | null;
  open: StockCount | null;
  waiting: readonly WaitingScan[];
  /** Counted last. */
  lastId: string | null;
  busy: boolean;
}

export interface Counting {
  state: StateStore<CountingState>;
  /** Reads what there is, and goes on with the one that was open here before. */
  start(): Promise<void>;
  begin(wish: Omit<OpenCount, 'id'>): Promise<void>;
  choose(id: string): Promise<void>;
  /** Leaves it as it is; any till goes on with it. */
  pause(): void;
  scanned(code: string): void;
  /** There are so many in all. */
  set(productId: string, quantity: number): void;
  /** Sends what waits. */
  send(): Promise<void>;
  step(event: 'review' | 'recount' | 'cancel'): Promise<void>;
  /** With a manager's approval where one is needed. */
  finish(): Promise<void>;
}

/** Which stocktake this browser had open. */
const CHOSEN = 'count/chosen';

const refusedWords: Record<string, WordKey> = {
  'not-in-count': 'count_not_in',
  'below-zero': 'count_below_zero',
  'nothing-counted': 'count_nothing',
  'illegal-step': 'count_moved_on',
  'unknown-count': 'count_gone',
};

export function openCounting(till: SideTill): Counting {
  const { parts } = till;
  const { keep, makeId } = parts;
  const calls: Client<typeof countContract> = parts.calls.of(countContract);
  const kept = scanKeep(keep);
  const state = createStateStore<CountingState>({ counts: null, open: null, waiting: [], lastId: null, busy: false });
  const set = (part: Partial<CountingState>) => state.update((before) => ({ ...before, ...part }));
  let sending: Promise<void> | null = null;

  async function list(): Promise<void> {
    const { items } = await calls.list();
    set({ counts: items });
  }

  function take(open: StockCount | null): void {
    set({ open, lastId: null });
    void keep.put(CHOSEN, open?.id ?? null);
  }

  /** One wish at a time. */
  async function wish(work: () => Promise<void>): Promise<void> {
    if (state.get().busy) return;
    set({ busy: true });
    try {
      await work();
    } catch (error) {
      await refused(error);
    } finally {
      set({ busy: false });
    }
  }

  async function reread(): Promise<void> {
    const { open } = state.get();
    const found = open && (await calls.show({ params: { id: open.id } }).catch(() => null));
    if (found?.next.length) set({ open: found });
    else if (found) await end(found);
    await list().catch(() => {});
  }

  /** Finished or thrown away, here or at another till. */
  async function end({ name, state: reached }: StockCount): Promise<void> {
    take(null);
    const said = reached === 'finished' ? 'count_finished' : 'count_cancelled';
    warn(parts, noticeOf(reached === 'finished' ? 'ok' : 'info', said, { name }));
    await list();
  }

  function add(scan: Omit<WaitingScan['scan'], 'id'>): void {
    const { open, waiting } = state.get();
    if (!open) return;
    const entry: WaitingScan = { countId: open.id, scan: { id: makeId(), ...scan } };
    set({ waiting: [...waiting, entry], lastId: scan.productId ?? null });
    void kept.add(entry).then(send);
  }

  async function answer({ countId, scan }: WaitingScan): Promise<void> {
    const line = await calls.scan({ params: { id: countId }, body: scan });
    const { open, waiting } = state.get();
    const rest = waiting.filter((other) => other.scan.id !== scan.id);
    if (open?.id !== countId) return set({ waiting: rest });
    const isNew = open.lines.every(({ productId }) => productId !== line.productId);
    set({
      open: { ...open, lines: [...withLine(open.lines, line)], counted: open.counted + Number(isNew) },
      lastId: line.productId,
      waiting: rest,
    });
    announce(parts, 'count_added', { name: line.name ?? '', n: line.counted / 10 ** line.quantityScale });
  }

  function refuse(error: unknown, { scan }: WaitingScan): void {
    parts.beep();
    if (refusalCode(error) !== 'unknown-product') sayProblem(till, error, refusedWords);
    else warn(parts, noticeOf('fault', 'count_unknown', { code: (scan.code ?? '').trim().slice(0, 40) }));
  }

  /** Who waits for it waits for what is on its way too: a review must not come before the last scan. */
  async function send(): Promise<void> {
    if (state.get().waiting.length === 0) return;
    sending ??= sendAll();
    await sending;
  }

  async function sendAll(): Promise<void> {
    try {
      for (let [next] = state.get().waiting; next; [next] = state.get().waiting) {
        try {
          await answer(next);
        } catch (error) {
          // Without an answer it stays, and is sent when the node is back.
          if (!isRefusal(error)) return;
          refuse(error, next);
        }
        const { id } = next.scan;
        set({ waiting: state.get().waiting.filter(({ scan }) => scan.id !== id) });
        await kept.drop(id);
      }
    } finally {
      sending = null;
    }
  }

  /** Whatever the node says no to is told, and what it holds is shown. */
  async function refused(error: unknown): Promise<void> {
    sayProblem(till, error, refusedWords);
    if (isRefusal(error)) await reread();
  }

  const finish = () =>
    wish(async () => {
      const { open } = state.get();
      if (!open) return;
      const attempt = async (body: { approvalId?: string }) => end(await calls.finish({ params: { id: open.id }, body }));
      await withApproval(till, { action: 'count', reason: open.name, attempt }, (error) => void refused(error));
    });

  async function choose(id: string): Promise<void> {
    take(await calls.show({ params: { id } }));
  }

  return {
    state,
    send,
    async start() {
      const known = new Set(state.get().waiting.map(({ scan }) => scan.id));
      const waiting = (await kept.load()).filter(({ scan }) => !known.has(scan.id));
      set({ waiting: [...waiting, ...state.get().waiting] });
      const chosen = (await keep.get(CHOSEN)) as string | null;
      try {
        await list();
        if (chosen && state.get().counts?.some(({ id }) => id === chosen)) await choose(chosen);
        await send();
      } catch {
        // Read again when the node is back.
      }
    },
    begin: (body) => wish(async () => take(await calls.open({ body: { id: makeId(), ...body } }))),
    choose: (id) => wish(() => choose(id)),
    pause() {
      take(null);
      void list().catch(() => {});
    },
    scanned(code) {
      const { open } = state.get();
      if (open?.state !== 'counting') {
        parts.beep();
        return warn(parts, noticeOf('warn', open ? 'count_reviewing' : 'count_choose_first'));
      }
      const product = productByCode(parts.state.get().catalogue, code);
      const what = product ? { productId: product.id } : { code: code.trim().slice(0, 80) };
      add({ ...what, kind: 'add', quantity: 10 ** (product?.quantityScale ?? 0) });
    },
    set(productId, quantity) {
      const { open, waiting } = state.get();
      const line = open?.lines.find((each) => each.productId === productId);
      const sent = waiting.filter(({ countId, scan }) => countId === open?.id && scan.productId === productId);
      const counted = (line?.counted ?? 0) + sent.reduce((sum, { scan }) => sum + scan.quantity, 0);
      if (quantity !== counted) add({ productId, kind: 'add', quantity: quantity - counted });
    },
    step: (event) =>
      wish(async () => {
        await send();
        const { open } = state.get();
        if (!open) return;
        const next = await calls[event]({ params: { id: open.id } });
        if (next.next.length > 0) set({ open: next, lastId: null });
        else await end(next);
      }),
    finish,
  };
}
