// Goods that come back: the receipt is found, the lines chosen, the money given once. The return's id is made before anything is sent; a lost
// answer is asked about until the node says what became of it.
import type { ProblemError } from '#schema/client';
import type { GuardedAction } from '#schema/rules/staff';
import { amountText } from '#schema/values/money-text';
import type { ReturnableSale, SaleReturn, TakeReturn } from '#schema/wire/return';
import type { ApprovalActions } from '../approval/approval-actions.ts';
import { lastWish } from '../base/last-wish.ts';
import type { Notice } from '../base/notice.ts';
import { productByCode } from '../catalogue/catalogue.ts';
import { isRefusal, refusalCode } from '../node-link/calls.ts';
import { announce, change, interrupt, noticeOf, type TillParts } from '../till-parts.ts';
import { storeSettings } from '../till-state.ts';
import { sayIn, type WordKey } from '../words/words.ts';
import {
  bodyOf,
  type ForeignReceipt,
  newReturn,
  type ReturnEntry,
  refundFor,
  stepOf,
  wantOf,
  withQuantity,
} from './return-entry.ts';

const CHECK_EVERY_MS = 2_000;

export interface ReturnActions {
  /** F6, also from a receipt that is on the screen. What was begun stands where it was left. */
  begin(receipt?: string): void;
  setReceipt(receipt: string): void;
  find(): Promise<void>;
  /** Asks the centre for a receipt that this store does not know. */
  askElsewhere(): Promise<void>;
  choose(receipt: ForeignReceipt): void;
  step(lineId: string, direction: 1 | -1): void;
  alter(part: Partial<Pick<ReturnEntry, 'restock' | 'reason' | 'reference'>>): void;
  /** A receipt's code, or an item that comes back. */
  scanned(code: string): void;
  give(): void;
  /** Money goes back though the dispenser may pour for a voucher yet: a manager answers for it. */
  takeRisk(): void;
  /** To the next receipt. */
  again(): void;
}

const riskWords = { 'dispenser-unreachable': 'risk_return', 'voucher-in-use': 'voucher_pours' } as const;

function problemInWords({ code, detail }: ProblemError['problem']): Notice {
  const key = (riskWords as Record<string, WordKey>)[code];
  return key ? noticeOf('warn', key) : noticeOf('fault', 'said', { what: detail });
}

export function returnActions(parts: TillParts, reactions: { askApproval: ApprovalActions['ask'] }): ReturnActions {
  const { state, calls, clock, makeId } = parts;
  const set = (step: (entry: ReturnEntry) => ReturnEntry) =>
    state.update((current) => ({ ...current, returning: step(current.returning ?? newReturn(makeId())) }));
  const entry = () => state.get().returning ?? newReturn('');
  const isOut = () => entry().step === 'sending' || entry().step === 'checking';

  const fail = (problem: ReturnEntry['problem'], step: ReturnEntry['step']) => {
    set((now) => ({ ...now, step, problem }));
    if (problem) interrupt(parts, problem.key, problem.parts);
  };

  const begin = lastWish();
  /** The receipt that was asked for last. */
  let asked = '';
  /** Items that were scanned while their receipt is found; they count once it is. */
  let early: string[] = [];

  function ask(receipt: string): () => boolean {
    asked = receipt;
    early = [];
    return begin();
  }

  function open(sale: ReturnableSale, storeName: string | null): void {
    set((now) => ({ ...newReturn(now.id), receipt: sale.receipt, sale, storeName, step: 'choose' }));
    for (const code of early.splice(0)) scanned(code);
  }

  async function find(): Promise<void> {
    const receipt = entry().receipt.trim();
    const isAsked = entry().step === 'finding' && asked === receipt;
    if (receipt === '' || isOut() || isAsked) return;
    const isLate = ask(receipt);
    set((now) => ({ ...newReturn(now.taken ? makeId() : now.id), receipt, step: 'finding' }));
    try {
      const sale = await calls.return.find({ params: { receipt } });
      if (!isLate()) open(sale, null);
    } catch (error) {
      if (isLate()) return;
      if (refusalCode(error) === 'unknown-receipt') return fail(noticeOf('warn', 'return_unknown', { no: receipt }), 'find');
      fail(problemOf(error), 'find');
    }
  }

  const problemOf = (error: unknown) =>
    isRefusal(error) ? noticeOf('fault', 'said', { what: error.problem.detail }) : noticeOf('warn', 'return_waits');

  async function askElsewhere(): Promise<void> {
    const receipt = entry().receipt.trim();
    if (entry().step !== 'find') return;
    const isLate = ask(receipt);
    set((now) => ({ ...now, step: 'finding', problem: null }));
    try {
      const { items } = await calls.return.elsewhere({ params: { receipt } });
      if (isLate()) return;
      const problem = items.length === 0 ? noticeOf('warn', 'return_nowhere', { no: receipt }) : null;
      set((now) => ({ ...now, step: 'find', elsewhere: items, problem }));
    } catch (error) {
      if (isLate()) return;
      const isOffline = refusalCode(error) === 'centre-unreachable';
      fail(isOffline ? noticeOf('warn', 'return_offline') : problemOf(error), 'find');
    }
  }

  function taken(found: SaleReturn): void {
    set((now) => ({ ...now, step: 'taken', taken: found, problem: null }));
    const { currency } = storeSettings(state.get());
    const amount = amountText({ amount: found.refunds.reduce((sum, refund) => sum + refund.amount, 0), currency });
    interrupt(parts, 'return_done', { no: found.receipt, amount });
  }

  async function send(body: TakeReturn): Promise<void> {
    set((now) => ({ ...now, step: 'sending', problem: null, atRisk: null }));
    try {
      taken(await calls.return.take({ body }));
    } catch (error) {
      if (isRefusal(error)) return refused(error.problem, body);
      fail(noticeOf('warn', 'return_checking'), 'checking');
      void check(body);
    }
  }

  function refused(problem: ProblemError['problem'], body: TakeReturn): void {
    if (problem.code === 'id-reused') {
      // An earlier sending of it came through: the node says what it was.
      set((now) => ({ ...now, step: 'checking' }));
      void check(body);
      return;
    }
    const isAsked = problem.code === 'needs-approval';
    if (problem.code === 'dispenser-unreachable') set((now) => ({ ...now, atRisk: body }));
    fail(isAsked ? null : problemInWords(problem), 'choose');
    if (!isAsked) return;
    const action = String(problem.facts?.action) as GuardedAction;
    reactions.askApproval({ action, amount: Number(problem.facts?.amount), reason: body.reason }, (approvalId) => {
      const isRisk = action === 'accept-pour-risk';
      if (!isOut()) void send({ ...body, ...(isRisk ? { acceptRisk: { approvalId } } : { approvalId }) });
    });
  }

  async function check(body: TakeReturn): Promise<void> {
    if (entry().id !== body.id || entry().step !== 'checking') return;
    try {
      taken(await calls.return.show({ params: { id: body.id } }));
    } catch (error) {
      if (refusalCode(error) === 'unknown-return') return fail(noticeOf('fault', 'return_absent'), 'choose');
      clock.after(CHECK_EVERY_MS, () => void check(body));
    }
  }

  function give(): void {
    const now = entry();
    const refund = refundFor(now);
    if (now.step !== 'choose' || !refund.ok || now.reason === null || wantOf(now, refund.value.total)) return;
    const reason = sayIn(state.get().language)(now.reason);
    const { total } = refund.value;
    void send(bodyOf(now, { reason, total, refundId: () => makeId() }));
  }

  function step(lineId: string, direction: 1 | -1): void {
    if (entry().step !== 'choose') return;
    set((now) => {
      const line = now.sale?.lines.find((each) => each.lineId === lineId);
      return line ? withQuantity(now, line, (now.quantities[lineId] ?? 0) + direction * stepOf(line)) : now;
    });
  }

  function scanned(code: string): void {
    const product = productByCode(state.get().catalogue, code);
    const line = entry().sale?.lines.find(({ productId }) => productId === product?.id);
    if (entry().step === 'choose' && line) {
      step(line.lineId, 1);
      announce(parts, 'return_counts', { name: line.name, n: entry().quantities[line.lineId] ?? 0 });
    } else if (entry().step === 'finding' && product) {
      early.push(code);
    } else if (isOut()) {
      const problem = noticeOf('warn', 'return_busy', { code });
      parts.beep();
      interrupt(parts, problem.key, problem.parts);
      // While it is checked, the words about the money stay on the screen.
      if (entry().step === 'sending') set((now) => ({ ...now, problem }));
    } else {
      set((now) => ({ ...now, receipt: code.trim() }));
      void find();
    }
  }

  return {
    begin(receipt) {
      if (!isOut() && (receipt !== undefined || entry().step === 'taken'))
        change(parts, { returning: { ...newReturn(makeId()), receipt: receipt ?? '' } });
      set((now) => now);
      if (receipt !== undefined) void find();
    },
    setReceipt: (receipt) => set((now) => (isOut() ? now : { ...now, receipt, elsewhere: null, problem: null })),
    find,
    askElsewhere,
    choose: ({ sale, storeName }) => open(sale, storeName),
    step,
    alter: (part) => set((now) => (now.step === 'choose' ? { ...now, ...part } : now)),
    scanned,
    give,
    takeRisk() {
      const { atRisk, step: at } = entry();
      if (atRisk !== null && at === 'choose') void send({ ...atRisk, acceptRisk: {} });
    },
    again: () => isOut() || change(parts, { returning: newReturn(makeId()) }),
  };
}
