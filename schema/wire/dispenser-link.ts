// The node's end of a dispenser's serial line: messages in order, each once, as long as the link is up; the clock and the line are the caller's.
//
//   DOWN ──RESET(epoch, our nonce)──→ ANSWERED ──any frame of that epoch──→ UP ──no ack after 200, 400, 800 ms──→ DOWN
//    └ calls with RESET(0, nonce)        └ we said RESET|ACK                  └ RESET of another epoch: it restarted ──→ DOWN
//
// The dispenser names the epoch, a new one for each nonce and after each time that it was down; so nothing that was said in one opening
// of the link counts in another, however late it comes. Its end is firmware/core/link.c.
import { assert } from '../values/assert.ts';
import { frameFlags, linkCallMs, linkIdleMs, linkResendMs, linkResends, messageVersion, payloadMax } from './dispenser.ts';
import { type Frame, frameReader, writeFrame } from './dispenser-frame.ts';

export interface NodeLinkPort {
  write(bytes: Uint8Array): void;
  /** One whole message. May call `send`. */
  message(bytes: Uint8Array): void;
  up(up: boolean): void;
}

export interface NodeLink {
  bytes(chunk: Uint8Array, nowMs: number): void;
  /** False where the link is down or too much waits already. */
  send(message: Uint8Array, nowMs: number): boolean;
  /** Returns after how many milliseconds it wants to be called again; so does nothing else, so call it after everything else. */
  tick(nowMs: number): number;
  isUp(): boolean;
  /** What came and was no frame. */
  dropped(): number;
}

const waitingMax = 64;
const messageHead = 2;
const probe = Uint8Array.from([messageVersion, 0]);
const next = (number: number) => (number + 1) & 0xffff;

/** The nonce is any number but 0 that the one before did not use. */
export function nodeLink(port: NodeLinkPort, options: { nonce: number; nowMs: number }): NodeLink {
  assert(options.nonce > 0 && options.nonce <= 0xffff, 'a nonce has 16 bits and is not 0');
  const reader = frameReader();
  let nonce = options.nonce;
  let state: 'down' | 'answered' | 'up' = 'down';
  let epoch = 0;
  let sentSeq = 0;
  let heardSeq = 0;
  let waiting: Uint8Array[] = [];
  let resends: number | null = null;
  let dueMs = options.nowMs;
  let heardMs = options.nowMs;

  function write(flags: number, seq: number, ack: number, message: Uint8Array = probe): void {
    port.write(writeFrame({ flags, type: message[1] ?? 0, epoch, seq, ack, payload: message.subarray(messageHead) }));
  }

  const acknowledge = () => write(frameFlags.ack, 0, heardSeq);
  const transmit = () => write(frameFlags.message | frameFlags.ack, sentSeq, heardSeq, waiting[0]);

  function call(nowMs: number): void {
    dueMs = nowMs + linkCallMs;
    if (state === 'answered') write(frameFlags.reset | frameFlags.ack, 0, 0);
    else write(frameFlags.reset, nonce, 0);
  }

  function goDown(nowMs: number): void {
    const wasUp = state === 'up';
    nonce = next(nonce) || 1;
    waiting = [];
    resends = null;
    state = 'down';
    epoch = 0;
    call(nowMs);
    if (wasUp) port.up(false);
  }

  function sendNext(nowMs: number): void {
    if (resends !== null || waiting.length === 0 || state !== 'up') return;
    sentSeq = next(sentSeq);
    resends = 0;
    dueMs = nowMs + linkResendMs;
    transmit();
  }

  /** The dispenser names an epoch: again, or in answer to our call; else it restarted, and so do we. */
  function answer(frame: Frame, nowMs: number): void {
    if (state !== 'down' && frame.epoch === epoch) {
      write(frameFlags.reset | frameFlags.ack, 0, 0);
    } else if (state !== 'up' && frame.ack === nonce && frame.epoch !== 0) {
      state = 'answered';
      epoch = frame.epoch;
      sentSeq = 0;
      heardSeq = 0;
      call(nowMs);
    } else if (state === 'down') {
      call(nowMs);
    } else {
      goDown(nowMs);
    }
  }

  function rise(): void {
    if (state === 'up') return;
    state = 'up';
    port.up(true);
  }

  function hear({ flags, type, seq, ack, payload }: Frame, nowMs: number): void {
    heardMs = nowMs;
    rise();
    if (flags & frameFlags.ack && resends !== null && ack === sentSeq) {
      waiting.shift();
      resends = null;
    }
    if (flags & frameFlags.message) {
      const isNew = seq === next(heardSeq);
      if (isNew) heardSeq = seq;
      if (isNew || seq === heardSeq) acknowledge();
      if (isNew && type !== 0) port.message(Uint8Array.from([messageVersion, type, ...payload]));
    }
    sendNext(nowMs);
  }

  function resend(nowMs: number): void {
    if (resends === null) return;
    if (resends >= linkResends) {
      goDown(nowMs);
      return;
    }
    resends += 1;
    dueMs = nowMs + linkResendMs * 2 ** Math.min(resends, linkResends - 1);
    transmit();
  }

  return {
    bytes(chunk, nowMs) {
      for (const byte of chunk) {
        const frame = reader.take(byte);
        if (frame === undefined) continue;
        if (frame.flags & frameFlags.reset) answer(frame, nowMs);
        else if (state !== 'down' && frame.epoch === epoch) hear(frame, nowMs);
      }
    },
    send(message, nowMs) {
      assert(message.length >= messageHead && message.length <= messageHead + payloadMax, 'a message fits one frame');
      if (state !== 'up' || waiting.length >= waitingMax) return false;
      waiting.push(message);
      sendNext(nowMs);
      return true;
    },
    tick(nowMs) {
      if (state !== 'up') {
        if (nowMs >= dueMs) call(nowMs);
        return dueMs - nowMs;
      }
      if (resends === null && nowMs - heardMs >= linkIdleMs) waiting.push(probe);
      sendNext(nowMs);
      if (resends !== null && nowMs >= dueMs) resend(nowMs);
      return Math.max(0, (resends === null && state === 'up' ? heardMs + linkIdleMs : dueMs) - nowMs);
    },
    isUp: () => state === 'up',
    dropped: () => reader.dropped(),
  };
}
