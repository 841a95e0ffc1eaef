// What is done with a shift: opened with a float, its drawer moved, counted blind, closed. Every step again is the same step, so an answer
// that never came does no harm: it is pressed again.
import type { Client } from '#schema/client';
import type { DrawerMovement } from '#schema/rules/drawer';
import { amountText } from '#schema/values/money-text';
import { type Shift, shiftContract } from '#schema/wire/shift';
import { createStateStore, type StateStore } from '../base/state-store.ts';
import { type SideTill, sayProblem, withApproval } from '../menu/side-problem.ts';
import { announce, noticeOf, warn } from '../till-parts.ts';
import { storeSettings } from '../till-state.ts';
import type { WordKey } from '../words/words.ts';
import { denominationsIn, mayClose, movementIn, newEntry, type ShiftEntry, typedPieces } from './shift-entry.ts';

export interface ShiftState {
  /** Undefined until the node has said; null where none is open. */
  shift: Shift | null | undefined;
  /** The notes and coins of the currency, in minor units, the largest first. */
  worths: readonly number[];
  entry: ShiftEntry;
  busy: boolean;
}

export interface ShiftDesk {
  state: StateStore<ShiftState>;
  /** This till's shift, or the one that is named, of whatever till. */
  start(shiftId: string | null): Promise<void>;
  change(part: Partial<ShiftEntry>): void;
  setPieces(worth: number, text: string): void;
  open(): Promise<void>;
  /** Locks the first count; only then is it said what was expected. */
  compare(): Promise<void>;
  close(): Promise<void>;
  move(): Promise<void>;
  /** From a closed shift to the next of this till. */
  next(): void;
}

const KEPT = 'shift/entry';

const movedWords: Record<DrawerMovement, WordKey> = {
  'pay-in': 'drawer_paid_in',
  'pay-out': 'drawer_paid_out',
  'no-sale': 'drawer_opened',
};

const isEntry = (value: unknown): value is ShiftEntry =>
  typeof value === 'object' && value !== null && (value as ShiftEntry).version === 1;

export function openShiftDesk(till: SideTill): ShiftDesk {
  const { parts } = till;
  const { keep, makeId } = parts;
  const calls: Client<typeof shiftContract> = parts.calls.of(shiftContract);
  const state = createStateStore<ShiftState>({ shift: undefined, worths: [], entry: newEntry(makeId), busy: false });
  const set = (part: Partial<ShiftState>) => state.update((before) => ({ ...before, ...part }));
  const currencyNow = () => storeSettings(parts.state.get()).currency;

  /** What is typed outlives a lock and a reload. */
  function put(entry: ShiftEntry): void {
    set({ entry });
    void keep.put(KEPT, entry);
  }

  /** One at a time; where it fails, what was typed stays. */
  async function doing(work: () => Promise<void>): Promise<void> {
    if (state.get().busy) return;
    set({ busy: true });
    await work().catch((error: unknown) => sayProblem(till, error));
    set({ busy: false });
  }

  function show(shift: Shift | null): void {
    set({ shift });
    put(newEntry(makeId));
  }

  async function move(): Promise<void> {
    const { entry } = state.get();
    const movement = movementIn(entry, currencyNow());
    if (!movement) return;
    const attempt = async (approval: { approvalId?: string }) => {
      await calls.move({ body: { id: entry.movementId, ...movement, ...approval } });
      const { movementId, drawer } = newEntry(makeId);
      put({ ...state.get().entry, movementId, drawer });
      const amount = amountText({ amount: movement.amount, currency: currencyNow() });
      warn(parts, noticeOf('ok', movedWords[movement.kind], { amount }));
    };
    const { kind, reason } = movement;
    if (kind === 'pay-in') return attempt({});
    await withApproval(till, { action: kind, reason, attempt }, (error) => sayProblem(till, error));
  }

  async function start(shiftId: string | null): Promise<void> {
    const kept = await keep.get(KEPT);
    if (isEntry(kept)) set({ entry: kept });
    await doing(async () => {
      const { shift, denominations } = await calls.current();
      const shown = shiftId === null ? shift : await calls.show({ params: { id: shiftId } });
      set({ shift: shown, worths: denominations });
    });
  }

  return {
    state,
    start,
    change: (part) => put({ ...state.get().entry, ...part }),
    setPieces(worth, text) {
      const { entry } = state.get();
      put({ ...entry, pieces: { ...entry.pieces, [worth]: typedPieces(text) } });
    },
    open: () =>
      doing(async () => {
        const { entry } = state.get();
        const shift = await calls.open({ body: { id: entry.openId, denominations: denominationsIn(entry) } });
        show(shift);
        announce(parts, 'shift_opened', { n: shift.number });
      }),
    compare: () =>
      doing(async () => {
        const { shift, entry } = state.get();
        if (shift?.state !== 'open') return;
        show(await calls.count({ params: { id: shift.id }, body: { denominations: denominationsIn(entry) } }));
      }),
    close: () =>
      doing(async () => {
        const { shift, entry } = state.get();
        if (!shift || !mayClose(shift, entry)) return;
        const reason = entry.reason.trim();
        show(await calls.close({ params: { id: shift.id }, body: reason === '' ? {} : { reason } }));
        warn(parts, noticeOf('ok', 'shift_closed', { n: shift.number }));
      }),
    move: () => doing(move),
    next() {
      set({ shift: undefined });
      void start(null);
    },
  };
}
