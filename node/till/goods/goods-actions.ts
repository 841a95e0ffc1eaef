// Writing goods down at this till: what is typed stays in this browser until it is sent; a delivery can be kept at the node for any till.
import type { Client } from '#schema/client';
import type { Currency } from '#schema/values/currency';
import { type GoodsDocument, goodsContract, type SavedDraft } from '#schema/wire/goods';
import { createStateStore, type StateStore } from '../base/state-store.ts';
import { productByCode } from '../catalogue/catalogue.ts';
import { type SideTill, sayProblem, withApproval } from '../menu/side-problem.ts';
import { isRefusal, refusalCode } from '../node-link/calls.ts';
import { announce, noticeOf, warn } from '../till-parts.ts';
import { storeSettings } from '../till-state.ts';
import { sayIn, type WordKey } from '../words/words.ts';
import {
  addProduct,
  deliveryOf,
  draftOf,
  entryOfDraft,
  type GoodsEntry,
  type GoodsKind,
  goodsKinds,
  isUntouched,
  itemsIn,
  newEntry,
  transferOf,
  wasteOf,
  whyNotSend,
} from './goods-entry.ts';

export interface GoodsState {
  kind: GoodsKind;
  entries: Readonly<Record<GoodsKind, GoodsEntry>>;
  /** Deliveries that somebody began, at the node. */
  drafts: readonly SavedDraft[];
  /** The line whose details are open. */
  lineId: string | null;
  /** The supplier's note was received before: is it meant again? */
  documentUsed: boolean;
  busy: boolean;
  /** What was written down before has been read. Until then nothing is shown to be typed over, and a scan waits. */
  isRead: boolean;
}

export interface Goods {
  state: StateStore<GoodsState>;
  /** Reads what was written down before, once, and the node's drafts whenever it can be asked. */
  start(link: { isLost: boolean }): Promise<void>;
  choose(kind: GoodsKind): void;
  change(step: (entry: GoodsEntry) => GoodsEntry): void;
  openLine(lineId: string | null): void;
  add(productId: string): void;
  scanned(code: string): void;
  discard(): void;
  /** Keeps a delivery at the node, for any till to go on with. */
  saveDraft(): Promise<void>;
  resume(draft: SavedDraft): void;
  send(): Promise<void>;
}

const CHOSEN = 'goods/chosen';
const keyOf = (kind: GoodsKind) => `goods/${kind}`;

const isEntry = (value: unknown): value is GoodsEntry =>
  typeof value === 'object' && value !== null && (value as GoodsEntry).version === 1;

const refusedWords: Record<string, WordKey> = {
  'unknown-product': 'goods_unknown_product',
  'unknown-lot': 'goods_unknown_lot',
  'out-of-stock': 'goods_not_enough',
  'already-received': 'goods_received_already',
};

const doneWords: Record<GoodsKind, WordKey> = {
  receive: 'goods_received',
  'transfer-in': 'goods_came',
  'transfer-out': 'goods_left',
  waste: 'goods_wasted',
};

export function openGoods(till: SideTill): Goods {
  const { parts } = till;
  const { keep, makeId } = parts;
  const calls: Client<typeof goodsContract> = parts.calls.of(goodsContract);
  const fresh = (kind: GoodsKind) => newEntry(makeId(), kind);
  const entries = Object.fromEntries(goodsKinds.map((kind) => [kind, fresh(kind)])) as Record<GoodsKind, GoodsEntry>;
  const state = createStateStore<GoodsState>({
    kind: 'receive',
    entries,
    drafts: [],
    lineId: null,
    documentUsed: false,
    busy: false,
    isRead: false,
  });
  const set = (part: Partial<GoodsState>) => state.update((before) => ({ ...before, ...part }));
  const words = () => {
    const { catalogue, session } = parts.state.get();
    const currency: Currency = storeSettings({ session }).currency;
    return { currency, scaleOf: (id: string) => catalogue.products.get(id)?.quantityScale ?? 0 };
  };
  const entryNow = () => state.get().entries[state.get().kind];

  function put(entry: GoodsEntry): void {
    set({ entries: { ...state.get().entries, [entry.kind]: entry } });
    void keep.alter(keyOf(entry.kind), () => (isUntouched(entry) ? undefined : entry));
  }

  // What comes before the kept entries are read joins them: written at once it would be written over them.
  const early: (() => void)[] = [];
  const whenRead =
    <Given extends unknown[]>(work: (...given: Given) => void) =>
    (...given: Given): void => {
      if (state.get().isRead) work(...given);
      else early.push(() => work(...given));
    };

  let reading: Promise<void> | null = null;
  async function readKept(): Promise<void> {
    const chosen = await keep.get(CHOSEN);
    const kept = await Promise.all(goodsKinds.map((kind) => keep.get(keyOf(kind))));
    const known = Object.fromEntries(kept.filter(isEntry).map((entry) => [entry.kind, entry]));
    const { entries: before, kind } = state.get();
    set({ kind: goodsKinds.find((each) => each === chosen) ?? kind, entries: { ...before, ...known }, isRead: true });
    for (const work of early.splice(0)) work();
  }

  async function readDrafts(): Promise<void> {
    const { items } = await calls.drafts();
    set({ drafts: items });
  }

  const add = whenRead((productId: string) => {
    const { quantityScale = 0, name = '' } = parts.state.get().catalogue.products.get(productId) ?? {};
    const entry = addProduct(entryNow(), productId, 10 ** quantityScale, makeId());
    put(entry);
    const line = entry.lines.findLast((each) => each.productId === productId);
    announce(parts, 'goods_added', { name, n: (line?.quantity ?? 0) / 10 ** quantityScale });
  });

  const done = (entry: GoodsEntry) => {
    put(fresh(entry.kind));
    set({ lineId: null, documentUsed: false });
    warn(parts, noticeOf('ok', doneWords[entry.kind], { n: itemsIn(entry, words().scaleOf) }));
    if (entry.kind === 'receive') void readDrafts().catch(() => {});
  };

  function sendOf(entry: GoodsEntry, approval: { approvalId?: string }): Promise<GoodsDocument> {
    if (entry.kind === 'receive') return calls.receive({ body: deliveryOf(entry, words()) });
    if (entry.kind === 'waste' && entry.reason) return calls.waste({ body: { ...wasteOf(entry, entry.reason), ...approval } });
    return calls.transfer({ body: transferOf(entry, words()) });
  }

  async function send(): Promise<void> {
    const entry = entryNow();
    if (state.get().busy || whyNotSend(entry, words())) return;
    set({ busy: true });
    const say = sayIn(parts.state.get().language);
    const reason = entry.reason ? say(`waste_${entry.reason}`) : say('action_waste');
    // A scan while a manager is asked still counts: what is sent is what stands then.
    const attempt = async (approval: { approvalId?: string }) => {
      const now = entryNow();
      await sendOf(now, approval);
      done(now);
    };
    await withApproval(till, { action: 'waste', reason, attempt }, (error) => {
      if (refusalCode(error) === 'document-used') set({ documentUsed: true });
      else sayProblem(till, error, refusedWords);
    });
    set({ busy: false });
  }

  return {
    state,
    send,
    add,
    async start({ isLost }) {
      reading ??= readKept();
      await reading;
      if (!isLost) await readDrafts().catch(() => {});
    },
    choose: whenRead((kind) => {
      set({ kind, lineId: null, documentUsed: false });
      void keep.put(CHOSEN, kind);
    }),
    change: whenRead((step) => {
      put(step(entryNow()));
      set({ documentUsed: false });
    }),
    openLine: (lineId) => set({ lineId: state.get().lineId === lineId ? null : lineId }),
    scanned(code) {
      const product = productByCode(parts.state.get().catalogue, code);
      if (product) return add(product.id);
      parts.beep();
      warn(parts, noticeOf('fault', 'count_unknown', { code: code.trim().slice(0, 40) }));
    },
    async discard() {
      const entry = entryNow();
      const isKept = state.get().drafts.some(({ id }) => id === entry.id);
      put(fresh(entry.kind));
      set({ lineId: null, documentUsed: false });
      if (!isKept) return;
      try {
        await calls.discardDraft({ params: { id: entry.id } });
        await readDrafts();
      } catch (error) {
        if (!isRefusal(error)) sayProblem(till, error);
      }
    },
    async saveDraft() {
      const entry = entryNow();
      try {
        await calls.saveDraft({ params: { id: entry.id }, body: draftOf(entry, words()) });
        put(fresh('receive'));
        set({ lineId: null });
        warn(parts, noticeOf('ok', 'goods_draft_saved'));
        await readDrafts();
      } catch (error) {
        sayProblem(till, error, refusedWords);
      }
    },
    resume(draft) {
      put(entryOfDraft(draft, words()));
      set({ kind: 'receive', lineId: null });
    },
  };
}
