// The node's half of a trial: greets, tells the time, answers scans and outcomes as node/dispense does, and keeps what it heard.

import type { Clock } from '#schema/values/clock';
import {
  decodeMessage,
  encodeMessage,
  type Message,
  type MessageOf,
  type SealedName,
  type Unsealed,
} from '#schema/wire/dispenser';
import { type DispenserSession, openSession, sealCommand } from '#schema/wire/dispenser-session';
import { mintVoucher, voucherText } from '#schema/wire/voucher-code';

export interface TrialNodeOptions {
  clock: Clock;
  send(bytes: Uint8Array): void;
  answerScan?: 'yes' | 'no' | 'nothing';
  acknowledges?: (serial: number) => boolean;
  tellsTime?: boolean;
}

export const trialDispenser = { dispenserNumber: 7, rootKey: new Uint8Array(32).fill(0x5a) };

export interface TrialNode {
  options: TrialNodeOptions;
  heard: Message[];
  receive(bytes: Uint8Array): void;
  say(message: Message): void;
  command<Name extends SealedName>(command: Unsealed<Name>): Uint8Array;
  of<Name extends Message['kind']>(kind: Name): MessageOf<Name>[];
}

export function trialNode(options: TrialNodeOptions): TrialNode {
  let session: DispenserSession | undefined;
  const heard: Message[] = [];

  function command<Name extends SealedName>(message: Unsealed<Name>): Uint8Array {
    if (!session) throw new Error('a command before HELLO');
    const sealed = sealCommand(session, message);
    session = sealed.session;
    options.send(sealed.bytes);
    return sealed.bytes;
  }

  function answer(message: Message): void {
    const { acknowledges = () => true, answerScan = 'yes', tellsTime = true } = options;
    if (message.kind === 'hello') {
      session = openSession(trialDispenser, message, session);
      options.send(encodeMessage({ kind: 'helloAck', bootId: message.bootId }));
      if (tellsTime) command<'time'>({ kind: 'time', unix: Math.floor(options.clock.now() / 1000), mayLower: 'no' });
    } else if (message.kind === 'scan' && message.refusal === 'none' && answerScan !== 'nothing') {
      const { scan, serial } = message;
      if (answerScan === 'yes') command<'authOk'>({ kind: 'authOk', scan, serial });
      else options.send(encodeMessage({ kind: 'authNo', scan, serial, refusal: 'refused-by-node' }));
    } else if (message.kind === 'outcome' && acknowledges(message.serial)) {
      command<'outcomeAck'>({ kind: 'outcomeAck', serial: message.serial, unit: message.unit });
    }
  }

  return {
    options,
    heard,
    receive(bytes) {
      const message = decodeMessage(bytes);
      if (!message.ok) throw new Error(message.detail);
      heard.push(message.value);
      answer(message.value);
    },
    say: (message) => options.send(encodeMessage(message)),
    command,
    of: <Name extends Message['kind']>(kind: Name) =>
      heard.filter((message): message is MessageOf<Name> & Message => message.kind === kind) as MessageOf<Name>[],
  };
}

export interface TrialVoucher {
  serial: number;
  expiresAtMs: number;
  slot?: number;
  keyEpoch?: number;
  asksNode?: boolean;
  dispenserNumber?: number;
}

export const trialCode = (voucher: TrialVoucher): string =>
  voucherText(
    mintVoucher(trialDispenser.rootKey, { dispenserNumber: trialDispenser.dispenserNumber, slot: 0, keyEpoch: 0, ...voucher }),
  );
