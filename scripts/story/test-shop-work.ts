// What a busy shop does, and what must be true afterwards: each work has its id before it is sent and is sent again until it is answered, as
// tills do, and only what was answered counts.
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestNode } from '#node/test-node';
import { type client, ProblemError, UnreachableError } from '#schema/client';
import { present } from '#schema/values/assert';
import type { MakeId } from '#schema/values/id';
import type { draftContract } from '#schema/wire/draft';
import type { CloseSale } from '#schema/wire/sale';

export const PRICES: Record<string, number> = { 'TEH-MANIS': 600_000, 'KOPI-SUSU': 1_800_000 };
const FLOAT = 20_000_000;
const PAUSE_MS = 20;

export type Calls = ReturnType<TestNode['at']> & { draft: ReturnType<typeof client<typeof draftContract>> };

/** What was answered. */
export interface Answered {
  sales: Map<string, string>;
  returns: Map<string, string>;
  movements: Set<string>;
  /** What a counted drawer was to hold, by shift: as the node said, and as its till knew. */
  shifts: Map<string, { said: number; known: number }>;
  closed: Set<string>;
  documents: Set<string>;
  drafts: Map<string, { revision: number; content: string }>;
  jobs: Map<string, string>;
  levels: Map<string, number>;
}

export const nothingAnswered = (): Answered => ({
  sales: new Map(),
  returns: new Map(),
  movements: new Set(),
  shifts: new Map(),
  closed: new Set(),
  documents: new Set(),
  drafts: new Map(),
  jobs: new Map(),
  levels: new Map(),
});

/** Asked again with the same id where no answer came. A node that is stopping or starting may also say that it cannot just now. */
export async function surely<T>(call: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      const passes = error instanceof UnreachableError || (error instanceof ProblemError && error.problem.status >= 500);
      if (!passes) throw error;
      await sleep(PAUSE_MS);
    }
  }
}

export interface WorkParts {
  calls: Calls;
  makeId: MakeId;
  productId: (sku: string) => string;
  answered: Answered;
  /** A whole number below this one, from the story's seed. */
  below: (limit: number) => number;
}

interface Sold {
  sale: { receipt: string; total: number; lines: { lineId: string; quantity: number; productId: string }[] };
  returned: boolean;
}

/** What a till knows of its drawer; its tabs share it. */
export interface Drawer {
  shiftId: string | null;
  cash: number;
}

/** One tab of a till. Alone at its till it also counts and closes the till's shifts. */
export function openTab(parts: WorkParts, { drawer, isAlone }: { drawer: Drawer; isAlone: boolean }) {
  const { calls, makeId, answered, below } = parts;
  const sold: Sold[] = [];
  let draft: { id: string; revision: number } | undefined;

  const move = (productId: string, quantity: number) =>
    answered.levels.set(productId, (answered.levels.get(productId) ?? 0) + quantity);
  const intoDrawer = (amount: number) => {
    drawer.cash += amount;
  };

  async function sell(): Promise<void> {
    const wish = saleOf(parts);
    const sale = await surely(() => calls.sale.close({ body: wish }));
    answered.sales.set(sale.id, sale.receipt);
    for (const line of sale.lines) move(line.productId, -line.quantity);
    intoDrawer(sale.tenders.filter(({ method }) => method === 'cash').reduce((sum, { amount }) => sum + amount, 0));
    // Only what was paid in cash alone goes back in cash.
    if (wish.tenders.every(({ method }) => method === 'cash')) sold.push({ sale, returned: false });
    if (below(3) > 0) return;
    const job = makeId();
    await surely(() => calls.print.print({ body: { id: job, kind: 'receipt', subjectId: sale.id } }));
    answered.jobs.set(job, sale.receipt);
  }

  async function takeBack(): Promise<void> {
    const of = sold.find(({ returned }) => !returned);
    if (!of) return sell();
    of.returned = true;
    const { sale } = of;
    const lines = sale.lines.map(({ lineId, quantity }) => ({ lineId, quantity, restock: true }));
    const refunds = [{ refundId: makeId(), method: 'cash' as const, amount: sale.total }];
    const body = { id: makeId(), receipt: sale.receipt, lines, total: sale.total, refunds, reason: 'Salah pesan' };
    const back = await surely(() => calls.return.take({ body }));
    answered.returns.set(body.id, back.receipt);
    for (const line of sale.lines) move(line.productId, line.quantity);
    intoDrawer(-sale.total);
  }

  async function moveDrawer(): Promise<void> {
    const kind = below(2) === 0 ? 'pay-in' : 'pay-out';
    const body = { id: makeId(), kind, amount: 100_000, reason: 'Kembalian' } as const;
    await surely(() => calls.shift.move({ body }));
    answered.movements.add(body.id);
    intoDrawer(kind === 'pay-in' ? body.amount : -body.amount);
  }

  async function openShift(): Promise<void> {
    const body = { id: makeId(), denominations: [{ worth: 10_000_000, count: FLOAT / 10_000_000 }] };
    await surely(() => calls.shift.open({ body }));
    drawer.shiftId = body.id;
    drawer.cash = FLOAT;
  }

  async function countShift(): Promise<string> {
    const id = present(drawer.shiftId, 'the shift was opened');
    const { count } = await surely(() => calls.shift.count({ params: { id }, body: { denominations: [] } }));
    answered.shifts.set(id, { said: count?.expected ?? Number.NaN, known: drawer.cash });
    return id;
  }

  /** Counted, closed and opened anew: the node may die between any two of these. */
  async function turnShift(): Promise<void> {
    const id = await countShift();
    await surely(() => calls.shift.close({ params: { id }, body: { reason: 'Dihitung nanti' } }));
    answered.closed.add(id);
    await openShift();
  }

  async function keepDraft(): Promise<void> {
    const { id, revision } = draft ?? { id: makeId(), revision: 0 };
    const kept = { revision: revision + 1, content: JSON.stringify({ note: below(1_000_000) }) };
    const body = { ...kept, pageId: makeId(), state: 'held' as const, items: 1, total: 600_000 };
    await surely(() => calls.draft.keep({ params: { id }, body }).catch(ownRevision));
    answered.drafts.set(id, kept);
    draft = kept.revision < 8 ? { id, revision: kept.revision } : undefined;
  }

  const works = [sell, sell, sell, sell, takeBack, moveDrawer, keepDraft, ...(isAlone ? [turnShift] : [])];
  return {
    begin: openShift,
    end: countShift,
    work: () => present(works[below(works.length)], 'there is a work')(),
  };
}

/** Its answer was lost, and asked again the node has it already. */
function ownRevision(error: unknown): undefined {
  if (error instanceof ProblemError && error.problem.code === 'stale-draft') return undefined;
  throw error;
}

/** Somebody in the back room: goods come and are thrown away. */
export function openStockroom({ calls, makeId, productId, answered, below }: WorkParts) {
  return {
    async work(): Promise<void> {
      const product = productId(skuOf(below));
      const quantity = 1 + below(20);
      const lines = [{ lineId: makeId(), productId: product, quantity }];
      const id = makeId();
      const isDelivery = below(3) > 0;
      if (isDelivery) await surely(() => calls.goods.receive({ body: { id, lines } }));
      else await surely(() => calls.goods.waste({ body: { id, reason: 'damaged', lines } }));
      answered.documents.add(id);
      answered.levels.set(product, (answered.levels.get(product) ?? 0) + (isDelivery ? quantity : -quantity));
    },
  };
}

const skuOf = (below: WorkParts['below']): string => present(Object.keys(PRICES)[below(2)], 'there are two');

/** Paid in cash, by card, by the store's own code, or by cash and card together. */
function saleOf({ makeId, productId, below }: WorkParts): CloseSale {
  const sku = skuOf(below);
  const quantity = 1 + below(3);
  const total = (PRICES[sku] ?? 0) * quantity;
  const cash = (tendered: number) => ({ tenderId: makeId(), method: 'cash' as const, tendered });
  const charge = (method: 'card' | 'qris', amount: number) => ({ tenderId: makeId(), method, amount, reference: 'K1' });
  const half = 100 * Math.floor(total / 200);
  const tenders = [
    [cash(total)],
    [cash(total + 500_000)],
    [charge('card', total)],
    [charge('qris', total)],
    [charge('card', half), cash(total - half)],
  ][below(5)];
  const lines = [{ lineId: makeId(), productId: productId(sku), quantity }];
  return { id: makeId(), lines, tenders: present(tenders, 'there are five'), total, currency: 'IDR' };
}
