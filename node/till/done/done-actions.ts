// After the money: the vouchers one by one, the virtual dispenser of a demo, and the way to the next sale.

import { refusalCode } from '../node-link/calls.ts';
import { clockText } from '../node-link/state-line.ts';
import type { PrintActions } from '../print/print-actions.ts';
import { SETTLE_MS } from '../sale/sale-actions.ts';
import { change, noticeOf, type TillParts, warn } from '../till-parts.ts';
import { type DoneSale, type Pour, storeSettings } from '../till-state.ts';
import { sayIn, type WordKey } from '../words/words.ts';

export interface DoneActions {
  next(): void;
  showVoucher(index: number): void;
  /** P: the receipt. */
  print(): void;
  /** The receipt's own code, for the customer's camera, in the place of the voucher. */
  showCode(shows: boolean): void;
  /** Holds a voucher before the virtual dispenser, as a customer would. */
  pour(voucherId: string): Promise<void>;
  /** The node says that a voucher changed. */
  setVoucherState(voucherId: string, voucherState: string): void;
  /** A voucher was scanned at the till: says how it stands. */
  askVoucher(code: string): Promise<void>;
}

const refusedWords: Record<string, WordKey> = {
  used: 'refused_used',
  expired: 'refused_expired',
  voided: 'refused_voided',
  'other-dispenser': 'refused_other',
  'other-store': 'refused_other',
};

export const refusedWord = (reason: string | null): WordKey | undefined => refusedWords[reason ?? ''];

export function doneActions(parts: TillParts, reactions: Pick<PrintActions, 'print'>): DoneActions {
  const { state, clock, calls } = parts;

  const alterDone = (step: (done: DoneSale) => DoneSale) =>
    state.update((current) => (current.done ? { ...current, done: step(current.done) } : current));

  const setPour = (voucherId: string, pour: Pour) =>
    alterDone((done) => ({ ...done, pours: { ...done.pours, [voucherId]: pour } }));

  return {
    next() {
      const { done, screen } = state.get();
      if (screen !== 'done' || (done && clock.now() - done.shownAt < SETTLE_MS)) return;
      change(parts, { screen: 'sell', done: null, notice: null, saleOpen: false, category: null });
    },
    showVoucher(index) {
      alterDone((done) => ({ ...done, voucher: Math.min(Math.max(index, 0), done.sale.vouchers.length - 1) }));
    },
    print() {
      const { done, screen } = state.get();
      if (screen === 'done' && done) void reactions.print({ kind: 'receipt', subjectId: done.sale.id });
    },
    showCode: (showsCode) => alterDone((done) => ({ ...done, showsCode })),
    async pour(voucherId) {
      const done = state.get().done;
      const voucher = done?.sale.vouchers.find(({ id }) => id === voucherId);
      if (!voucher?.code || done?.pours[voucherId]?.outcome === 'pouring') return;
      setPour(voucherId, { outcome: 'pouring', reason: null });
      try {
        const { outcome, reason } = await calls.device.scan({
          params: { id: voucher.dispenserId },
          body: { code: voucher.code },
        });
        setPour(voucherId, { outcome: outcome as Pour['outcome'], reason });
      } catch {
        setPour(voucherId, { outcome: 'no-answer', reason: null });
      }
    },
    setVoucherState(voucherId, voucherState) {
      alterDone((done) => ({
        ...done,
        sale: {
          ...done.sale,
          vouchers: done.sale.vouchers.map((voucher) =>
            voucher.id === voucherId ? { ...voucher, state: voucherState as typeof voucher.state } : voucher,
          ),
        },
      }));
    },
    async askVoucher(code) {
      const said = sayIn(state.get().language);
      try {
        const { voucher } = await calls.voucher.validate({ body: { code: code.trim() } });
        const time = clockText(Date.parse(voucher.expiresAt), storeSettings(state.get()).timeZone);
        const stateWord = said(`state_${voucher.state}` as WordKey);
        warn(parts, noticeOf('ok', 'voucher_state', { name: voucher.productName, state: stateWord, time }));
      } catch (error) {
        const refusal = refusalCode(error);
        if (refusal === undefined) return warn(parts, noticeOf('warn', 'voucher_unreachable'));
        const word = refusedWord(refusal);
        const why = word ? said(word) : error instanceof Error ? error.message.replace(/\.$/, '') : refusal;
        warn(parts, noticeOf('fault', 'voucher_wrong', { why }));
      }
    },
  };
}
