// The node's side of one dispenser: gives it time, says whether it may pour, and writes down what came of it before acknowledging.
//
//   HELLO → HELLO_ACK, TIME, FLOOR · SCAN → AUTH_OK | AUTH_NO · OUTCOME → fact on disk → OUTCOME_ACK

import type { Clock } from '#schema/values/clock';
import type { DispenserRefusal, MessageOf } from '#schema/wire/dispenser';
import { epochOf, isExpired } from '#schema/wire/voucher-code';
import type { Log } from '../base/log.ts';
import type { Driver, Presence } from '../devices/driver.ts';
import type { Journal } from '../journal/commit.ts';
import { type DispenseContext, recordOutcome, recordUnmatched } from './commands.ts';
import { type Conversation, openConversation, type SealedCommand } from './conversation.ts';
import type { Dispenser } from './dispensers.ts';
import { openLateVoids } from './late-voids.ts';
import { openVoiding, type Voiding } from './voiding.ts';
import { openWord } from './word.ts';

/** A dispenser's clock drifts by less than its voucher tolerance in this time. */
const TIME_EVERY_MS = 5 * 60_000;

/** What a person before the dispenser sees happen; the virtual one's scan waits for it. */
export interface DispenseResult {
  outcome: 'ok' | 'fail' | 'uncertain' | 'refused';
  reason: string | null;
  serial: number | null;
}

export interface DeviceState {
  presence: Presence;
  busy: boolean;
  /** Of the voucher that it pours for; null while its motor turns for none. */
  serial: number | null;
  fault: string | null;
  lastSeenAt: number | null;
}

export interface Authority extends Pick<Conversation, 'send' | 'sendSealed' | 'on' | 'bootId'>, Pick<Voiding, 'void'> {
  state(): DeviceState;
  /** It surely pours nothing without this node's word. */
  asksFirst(): boolean;
  /** It pours only by this node's word, and for this serial had none: so nothing can have come out for it. */
  isUnderWord(serial: number): boolean;
  /** Obeyed only before the motor has power; its outcome says whether it was. */
  cancel(serial: number): boolean;
  /** Hears each result until the returned function is called. */
  onResult(listener: (result: DispenseResult) => void): () => void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

interface AuthorityParts {
  dispenser: Dispenser & { rootKey: Uint8Array };
  driver: Driver;
  journal: Journal;
  clock: Clock;
  /** The node's corrected time. */
  now: () => number;
  log: Log;
  context: DispenseContext;
  onStateChange: () => void;
  onUnreadable: (why: string) => void;
}

export function openAuthority({
  dispenser,
  driver,
  journal,
  clock,
  now,
  log,
  context,
  onStateChange,
  onUnreadable,
}: AuthorityParts): Authority {
  const listeners = new Set<(result: DispenseResult) => void>();
  let state: DeviceState = { presence: 'lost', busy: false, serial: null, fault: null, lastSeenAt: null };
  let cancelTime = () => {};
  const onHeard = () => {
    state = { ...state, lastSeenAt: now() };
  };
  const onCommand = (command: SealedCommand) => word.commanded(command);
  const conversation = openConversation({ dispenser, driver, onHeard, onCommand, onUnreadable });
  const { send, sendSealed, on } = conversation;
  const voiding = openVoiding(conversation, clock);
  const word = openWord(conversation, context.vouchers.lastSerial(dispenser.id));
  const lateVoids = openLateVoids({ dispenserId: dispenser.id, voiding, journal, vouchers: context.vouchers, log });

  const set = (change: Partial<DeviceState>) => {
    state = { ...state, ...change };
    onStateChange();
  };
  const tell = (result: DispenseResult) => {
    for (const listener of listeners) listener(result);
  };

  function giveTime(): void {
    cancelTime();
    sendSealed<'time'>({ kind: 'time', unix: Math.floor(now() / 1000), mayLower: 'no' });
    cancelTime = clock.after(TIME_EVERY_MS, giveTime);
    lateVoids.run();
  }

  function greet(hello: MessageOf<'hello'>): void {
    send({ kind: 'helloAck', bootId: hello.bootId });
    const keyEpoch = epochOf(journal.head().generation);
    if (hello.keyEpoch < keyEpoch) sendSealed<'floor'>({ kind: 'floor', serialFloor: hello.serialFloor, keyEpoch });
    giveTime();
  }

  function judge({ serial }: MessageOf<'scan'>): DispenserRefusal {
    if (context.pauses.isPaused(dispenser.id)) return 'out-of-service';
    const voucher = context.vouchers.bySerial(dispenser.id, serial);
    if (!voucher) return 'refused-by-node';
    if (voucher.state !== 'open') return voucher.state === 'expired' ? 'expired' : 'used';
    return isExpired(voucher.expiresAt, now()) ? 'expired' : 'none';
  }

  function answerScan(scan: MessageOf<'scan'>): void {
    // What the dispenser refused by itself is only told; what it verified, it asks for.
    const refusal = scan.refusal === 'none' ? judge(scan) : scan.refusal;
    if (refusal !== 'none') {
      context.voucherRefusals.count(refusal);
      tell({ outcome: 'refused', reason: refusal, serial: scan.serial || null });
    }
    if (scan.refusal !== 'none') return;
    if (refusal === 'none') sendSealed<'authOk'>({ kind: 'authOk', scan: scan.scan, serial: scan.serial });
    else send({ kind: 'authNo', scan: scan.scan, serial: scan.serial, refusal });
  }

  async function keepOutcome({ serial, unit, slot, result: outcome, reason }: MessageOf<'outcome'>): Promise<void> {
    const voucher = context.vouchers.bySerial(dispenser.id, serial);
    await journal.write((commit) => {
      if (voucher) return recordOutcome(commit, { voucher, unit, outcome, reason }, context);
      const productId = dispenser.slots.find((held) => held.slot === slot)?.productId ?? null;
      const from = { dispenserId: dispenser.id, dispenserNumber: dispenser.number };
      return recordUnmatched(commit, { ...from, serial, unit, slot, productId, outcome, reason }, context);
    });
    // Only now: an outcome that is not on disk must come again.
    sendSealed<'outcomeAck'>({ kind: 'outcomeAck', serial, unit });
    tell({ outcome, reason, serial });
  }

  on('hello', greet);
  on('scan', answerScan);
  on('vendStarted', ({ serial }) => set({ busy: true, serial }));
  on('outcome', (outcome) => {
    set({ busy: false, serial: null });
    keepOutcome(outcome).catch((error: unknown) =>
      log.error({ error, serial: outcome.serial }, 'an outcome could not be written; it will come again'),
    );
  });
  on('fault', ({ fault }) => set({ fault }));
  on('state', ({ phase }) => {
    const busy = phase === 'busy';
    set({ busy, ...(!busy && { serial: null }), fault: phase === 'out-of-service' ? 'out-of-service' : null });
  });

  return {
    send,
    sendSealed,
    on,
    bootId: conversation.bootId,
    void: voiding.void,
    asksFirst: word.asksFirst,
    isUnderWord: word.isWithout,
    cancel: (serial) => send({ kind: 'cancel', serial }),
    state: () => state,
    onResult(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    start: () => conversation.start((presence) => set({ presence, busy: false, serial: null, lastSeenAt: now() })),
    stop() {
      cancelTime();
      voiding.stop();
      return conversation.stop();
    },
  };
}
