// A new firmware for one dispenser, from the first byte to the word that it stays: one piece at a time, each asked for by the dispenser's own
// UPDATE_STATUS. A link that goes, or a node that stops, leaves off where it was; a dispenser that restarted begins anew; whatever starts is
// on trial until it has heard its node.
import { type UpdateState, updateMachine } from '#schema/rules/device-update';
import { assert } from '#schema/values/assert';
import type { Clock } from '#schema/values/clock';
import { type MessageOf, updatePieceSize } from '#schema/wire/dispenser';
import type { Conversation } from './conversation.ts';

/** A step without an answer is said again; after so many the next link-up goes on. */
const ANSWER_MS = 2_000;
const RESENDS_MOST = 10;
/** While something is poured. */
const BUSY_MS = 1_000;
/** Longer than the dispenser needs to say that it is on trial; without a word it has been kept already. */
const TRIAL_WORD_MS = 10_000;

export interface UpdateProgress {
  state: UpdateState;
  received: number;
  /** The start of the dispenser that has what was received; null before it has greeted. */
  bootId: string | null;
}

export interface UpdateImage {
  firmware: number;
  digest: Uint8Array;
  bytes: Uint8Array;
}

export interface Updating {
  progress(): UpdateProgress;
  /** To a dispenser that has greeted already; else its greeting begins it. */
  begin(): void;
  stop(): void;
}

interface UpdatingParts {
  conversation: Pick<Conversation, 'send' | 'sendSealed' | 'on'>;
  clock: Clock;
  image: UpdateImage;
  /** The boot that it is in, where its node has been greeted. */
  boot: Uint8Array | null;
  /** Where it begins, or was when the node last stopped. */
  from: UpdateProgress;
  /** After each step, with why where it ended badly. */
  onStep(progress: UpdateProgress, reason: string | null): void;
}

type Status = MessageOf<'updateStatus'>;

const bootText = (bootId: Uint8Array): string => Buffer.from(bootId).toString('hex');

export function openUpdating({ conversation, clock, image, boot: known, from, onStep }: UpdatingParts): Updating {
  const { firmware, digest, bytes } = image;
  let { state, received, bootId } = from;
  if (known) bootId = bootText(known);
  let resends = 0;
  let cancel = () => {};

  const progress = (): UpdateProgress => ({ state, received, bootId });

  function step(event: Parameters<typeof updateMachine.step>[1], reason: string | null = null): void {
    const to = updateMachine.step(state, event);
    assert(to.ok, `an update that is ${state} cannot ${event}`);
    cancel();
    state = to.value;
    resends = 0;
    if (state === 'waiting') received = 0;
    onStep(progress(), reason);
  }

  /** Says what this state has to say, until it is answered. */
  function speak(): void {
    cancel();
    say();
    cancel = clock.after(ANSWER_MS, unanswered);
  }

  function unanswered(): void {
    resends += 1;
    if (resends <= RESENDS_MOST) speak();
    // It judges an image once: when that answer was lost, only another image brings another.
    else if (state === 'checking') beginAnew();
  }

  function beginAnew(): void {
    step('lose');
    speak();
  }

  function say(): void {
    if (state === 'waiting') {
      conversation.sendSealed<'updateBegin'>({ kind: 'updateBegin', firmware, size: bytes.length, digest });
    } else if (state === 'receiving') {
      const piece = new Uint8Array(updatePieceSize);
      piece.set(bytes.subarray(received, received + updatePieceSize));
      conversation.send({ kind: 'updateData', offset: received, bytes: piece });
    } else if (state === 'checking') conversation.sendSealed<'updateEnd'>({ kind: 'updateEnd', firmware });
    else if (state === 'ready' || state === 'restarting') conversation.sendSealed<'restart'>({ kind: 'restart' });
  }

  function goOn(status: Status): void {
    if (state === 'waiting') step('begin');
    if (state !== 'receiving') return;
    resends = 0;
    received = status.received;
    if (received >= bytes.length) step('whole');
    else onStep(progress(), null);
    speak();
  }

  function receive(status: Status): void {
    if (status.step === 'on-trial') isTried();
    else if (status.firmware !== firmware) return;
    else if (status.step === 'confirmed') keepIt();
    else if (status.step === 'receiving') goOn(status);
    else if (status.step === 'busy') later();
    else if (status.step === 'ready') restart();
    else if (updateMachine.can(state, 'refuse')) step('refuse', status.step);
  }

  /** Something is being poured: the same again when it may be over. */
  function later(): void {
    cancel();
    cancel = clock.after(BUSY_MS, speak);
  }

  function restart(): void {
    if (state !== 'checking') return;
    step('accept');
    step('restart');
    speak();
  }

  function tryIt(): void {
    if (updateMachine.can(state, 'try')) step('try');
  }

  /** So its word will come when it is kept. */
  function isTried(): void {
    tryIt();
    if (state === 'on-trial') cancel();
  }

  function keepIt(): void {
    if (state === 'on-trial') step('confirm');
  }

  function greet(hello: MessageOf<'hello'>): void {
    if (updateMachine.isFinal(state)) return;
    const boot = bootText(hello.bootId);
    const hasRestarted = bootId !== null && boot !== bootId;
    const isKnown = boot === bootId;
    bootId = boot;
    resends = 0;
    if (hello.firmware === firmware) meetNew();
    else if (state === 'on-trial' || (hasRestarted && updateMachine.can(state, 'roll-back'))) step('roll-back', 'rolled-back');
    // What it had received it has forgotten with its start; after a mere loss of the link it tells the place to go on from.
    else if (!isKnown && updateMachine.can(state, 'lose')) beginAnew();
    else speak();
  }

  function meetNew(): void {
    if (state === 'waiting') step('confirm', 'already-there');
    tryIt();
  }

  /** Told at each link-up, before the word that it is on trial: without that word the trial was over already. */
  function isThere(): void {
    if (state !== 'on-trial') return;
    cancel();
    cancel = clock.after(TRIAL_WORD_MS, keepIt);
  }

  const forgets = [
    conversation.on('hello', greet),
    conversation.on('configReport', isThere),
    conversation.on('updateStatus', receive),
  ];

  return {
    progress,
    begin: speak,
    stop() {
      cancel();
      for (const forget of forgets) forget();
    },
  };
}
