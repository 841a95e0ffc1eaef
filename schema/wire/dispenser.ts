// What a dispenser and its node say to each other, and the bytes of a voucher: the one description, from which the C header is written.
// A message is `version, type, payload`: so it travels by MQTT, and inside a frame by serial.
//
//   dispenser → node                                     node → dispenser
//   HELLO at every link-up, until answered               HELLO_ACK, GET_STATE
//   STATE when it changes; FAULT when it happens         TIME, FLOOR
//   SCAN: verified here, may I? (or why I refused)       AUTH_OK or AUTH_NO; CANCEL, obeyed only before RUN
//   VEND_STARTED; then OUTCOME until acknowledged        OUTCOME_ACK
//   VOID_ACK                                             VOID: count this serial as used
//   UPDATE_STATUS, after each of the node's              UPDATE_BEGIN, UPDATE_DATA…, UPDATE_END, RESTART
//   CONFIG_REPORT at every link-up and after CONFIG      CONFIG: settings, with their version
//   MOTOR_TESTED                                         TEST_MOTOR: one turn without a voucher
//
// Whatever moves a motor, changes time or makes the dispenser forget carries a counter and a MAC (`sealed`), so a hijacked broker
// cannot vend. What can only stop a pour carries none.
import { assert } from '../values/assert.ts';
import { type Ok, ok, type Refusal, refuse } from '../values/result.ts';
import { bytes, code, decode, encode, type Layout, u8, u16, u32, type Values } from './layout.ts';

export const messageVersion = 1;
export const voucherVersion = 1;
export const voucherPrefix = 'SD1:';
export const voucherMacSize = 16;
export const sealMacSize = 8;
/** Serials that a dispenser tells apart at one time; older ones count as used. */
export const windowSpan = 1024;
/** Outcomes that a dispenser keeps for a node that does not answer; then it refuses to vend. */
export const pendingLimit = 8;

/** HMAC prefixes: a key or a MAC made for one purpose serves no other. */
export const labels = { tokenKey: 'tok', commandKey: 'cmd', brokerPassword: 'mqt', voucher: 'SDT1', command: 'SDC1' } as const;

/** Bits of a voucher's flags. */
export const voucherFlags = { askNode: 1 } as const;
/** Bits of HELLO's capabilities. */
export const capabilities = { vendsAlone: 1, takesUpdates: 2 } as const;

export const voucherLayout = {
  /** Version in the high four bits, key epoch modulo 16 in the low four. */
  versionEpoch: u8,
  dispenser: u32,
  serial: u32,
  /** Unix seconds. */
  expiry: u32,
  slot: u8,
  quantity: u8,
  flags: u8,
  mac: bytes(voucherMacSize),
};

/** Why a dispenser does not pour for a scan; each is worded for the person before it. */
export const refusalCodes = {
  none: 0,
  malformed: 1,
  forged: 2,
  'other-dispenser': 3,
  'unknown-epoch': 4,
  expired: 5,
  used: 6,
  'clock-unknown': 7,
  'slot-jammed': 8,
  'slot-empty': 9,
  'refused-by-node': 10,
  busy: 11,
  'no-answer': 12,
  'out-of-service': 13,
  'queue-full': 14,
  'unknown-slot': 15,
  other: 255,
} as const;

export const outcomeResults = { ok: 1, fail: 2, uncertain: 3 } as const;

export const outcomeReasons = {
  'drop-seen': 1,
  'double-drop': 2,
  'drop-then-jam': 3,
  'no-drop': 16,
  jam: 17,
  'beam-blocked': 18,
  cancelled: 19,
  'cut-before-run': 20,
  'cut-during-run': 32,
  other: 255,
} as const;

/** What a VOID came to. `spent`: counted as used before, with nothing left to report; only after `vending` can anything still come out. */
export const voidResults = { voided: 1, spent: 2, vended: 3, vending: 4 } as const;

export const faultCodes = {
  journal: 1,
  'beam-blocked': 2,
  jam: 3,
  'no-drop': 4,
  'double-drop': 5,
  'late-drop': 6,
  'time-refused': 7,
  other: 255,
} as const;

/**
 * How far a new firmware is. `receiving` and `busy` say from which byte to go on; `ready` waits for RESTART. After it the new one is on
 * trial until its node has spoken to it, or gives way to the one before.
 */
export const updateSteps = {
  receiving: 1,
  busy: 2,
  ready: 3,
  'bad-size': 4,
  'bad-digest': 5,
  'bad-signature': 6,
  'flash-error': 7,
  'on-trial': 8,
  confirmed: 9,
  other: 255,
} as const;
export const updatePieceSize = 192;

/** What a turn without a voucher came to; for `busy` and `unknown-slot` there was none. */
export const testResults = { turned: 1, jammed: 2, busy: 3, 'unknown-slot': 4, other: 255 } as const;

export const phaseCodes = { idle: 1, busy: 2, 'out-of-service': 3, other: 255 } as const;
export const yesNo = { no: 0, yes: 1 } as const;
export const authorities = { node: 1, alone: 2 } as const;

const refusal = code(refusalCodes, 'other');
const sealed = { counter: u32, mac: bytes(sealMacSize) };

/** What a port hands to the core before the first message: who the device is, and how it is built. */
export const identityLayout = { dispenser: u32, firmware: u32, keyEpoch: u32, bootId: bytes(8), rootKey: bytes(32) };
export const settingsLayout = {
  slots: u8,
  vendsAlone: code(yesNo),
  /** How long the node may think about a scan. */
  askWaitMs: u16,
  /** From beam on to motor on: the beam's own test. */
  armMs: u16,
  /** A turn that takes longer is a jam. */
  motorMaxMs: u16,
  /** How long after the turn a drop still counts. */
  dropWaitMs: u16,
  /** How long after a failure the beam still watches for what comes too late. */
  lateDropMs: u16,
};

export const messages = {
  hello: {
    type: 0x01,
    layout: {
      dispenser: u32,
      firmware: u32,
      capabilities: u16,
      slots: u8,
      pending: u8,
      bootId: bytes(8),
      /** The last counter accepted since this boot; the node goes on above it. */
      counter: u32,
      journalGeneration: u32,
      journalSeq: u32,
      keyEpoch: u32,
      /** Every serial below this one counts as used. */
      serialFloor: u32,
      timeFloor: u32,
    },
  },
  scan: {
    type: 0x02,
    layout: { scan: u16, refusal, slot: u8, flags: u8, keyEpoch: u8, serial: u32, expiry: u32 },
  },
  vendStarted: { type: 0x03, layout: { serial: u32, unit: u8, slot: u8, authority: code(authorities) } },
  outcome: {
    type: 0x04,
    /** In this order it also stands in the dispenser's journal. */
    layout: {
      unit: u8,
      slot: u8,
      result: code(outcomeResults),
      reason: code(outcomeReasons, 'other'),
      serial: u32,
      /** Unix seconds by the dispenser's clock, 0 where it had none. */
      at: u32,
      journalSeq: u32,
      motorMs: u16,
      attempts: u8,
      drops: u8,
    },
  },
  state: {
    type: 0x05,
    layout: {
      phase: code(phaseCodes, 'other'),
      clockValid: code(yesNo),
      pending: u8,
      /** One bit a slot. */
      jammed: u16,
      empty: u16,
      serial: u32,
    },
  },
  fault: { type: 0x06, layout: { fault: code(faultCodes, 'other'), slot: u8, serial: u32 } },
  voidAck: { type: 0x07, layout: { serial: u32, result: code(voidResults) } },
  updateStatus: { type: 0x08, layout: { step: code(updateSteps, 'other'), firmware: u32, received: u32 } },
  configReport: { type: 0x09, layout: { version: u32, ...settingsLayout } },
  motorTested: { type: 0x0a, layout: { slot: u8, result: code(testResults, 'other'), drops: u8, motorMs: u16 } },
  helloAck: { type: 0x81, layout: { bootId: bytes(8) } },
  getState: { type: 0x82, layout: {} },
  /** `mayLower` is for the manager who found that the node's own clock had been ahead: else time never goes below the floor. */
  time: { type: 0x83, layout: { unix: u32, mayLower: code(yesNo), ...sealed } },
  floor: { type: 0x84, layout: { serialFloor: u32, keyEpoch: u32, ...sealed } },
  authOk: { type: 0x85, layout: { scan: u16, serial: u32, ...sealed } },
  authNo: { type: 0x86, layout: { scan: u16, serial: u32, refusal } },
  cancel: { type: 0x87, layout: { serial: u32 } },
  void: { type: 0x88, layout: { serial: u32, ...sealed } },
  outcomeAck: { type: 0x89, layout: { serial: u32, unit: u8, ...sealed } },
  updateBegin: { type: 0x8a, layout: { firmware: u32, size: u32, digest: bytes(32), ...sealed } },
  /** Needs no seal: the digest that UPDATE_BEGIN sealed judges all of them. The last one's rest is anything. */
  updateData: { type: 0x8b, layout: { offset: u32, bytes: bytes(updatePieceSize) } },
  updateEnd: { type: 0x8c, layout: { firmware: u32, ...sealed } },
  restart: { type: 0x8d, layout: { ...sealed } },
  /** Taken when nothing is poured, its version is another one and all of it makes sense; CONFIG_REPORT says what holds then. */
  config: { type: 0x8e, layout: { version: u32, ...settingsLayout, ...sealed } },
  testMotor: { type: 0x8f, layout: { slot: u8, ...sealed } },
} as const satisfies Record<string, { type: number; layout: Layout }>;

type Messages = typeof messages;
export type MessageName = keyof Messages;
export type MessageOf<Name extends MessageName> = { kind: Name } & Values<Messages[Name]['layout']>;
export type Message = { [Name in MessageName]: MessageOf<Name> }[MessageName];
export type SealedName = { [Name in MessageName]: Messages[Name]['layout'] extends typeof sealed ? Name : never }[MessageName];
export type Unsealed<Name extends SealedName> = Omit<MessageOf<Name>, keyof typeof sealed>;

export type VoucherFields = Values<typeof voucherLayout>;
export type DispenserRefusal = keyof typeof refusalCodes;
export type OutcomeReason = keyof typeof outcomeReasons;
export type DeviceIdentity = Values<typeof identityLayout>;
export type DeviceSettings = Values<typeof settingsLayout>;

/**
 * Around a message on a serial line: `00 COBS(head ‖ payload ‖ CRC-32) 00`. The frame's type is the message's, 0 where it carries none; a
 * message of type 0 is only a question whether anyone is there. How the two ends speak in frames stands in dispenser-link.ts.
 */
export const frameLayout = {
  /** Message version in the high four bits, flags in the low four. */
  versionFlags: u8,
  type: u8,
  /** Which opening of the link this belongs to. 0: the node asks for a new one. */
  epoch: u16,
  seq: u16,
  ack: u16,
};
export const frameFlags = { message: 1, ack: 2, reset: 4 } as const;
export const frameCrcSize = 4;
export const payloadMax = 242;
/** Window 1: a message is sent again after so long, then twice and four times so long; then the link is down. */
export const linkResendMs = 200;
export const linkResends = 3;
/** While it is down, each end calls as often. */
export const linkCallMs = 500;
/** After so long a silence an end asks whether the other is there. */
export const linkIdleMs = 15_000;

const messageHead = 2;
const namesByType = new Map(Object.entries(messages).map(([name, message]) => [message.type as number, name as MessageName]));

export function encodeMessage(message: Message): Uint8Array {
  const { type, layout } = messages[message.kind];
  const payload = encode(layout as Layout, message as unknown as Record<string, unknown>);
  assert(payload.length <= payloadMax, 'a payload must fit one serial frame');
  return Uint8Array.from([messageVersion, type, ...payload]);
}

export function decodeMessage(source: Uint8Array): Ok<Message> | Refusal<'malformed' | 'unknown-version' | 'unknown-message'> {
  const [version, type] = source;
  if (version === undefined || type === undefined) return refuse('malformed', 'It is too short to be a message.');
  if (version !== messageVersion)
    return refuse('unknown-version', `It has version ${version}; this side speaks ${messageVersion}.`);
  const name = namesByType.get(type);
  if (name === undefined) return refuse('unknown-message', `Its type ${type} is none that is known.`);
  const payload = decode(messages[name].layout as Layout, source.subarray(messageHead));
  return payload.ok ? ok({ kind: name, ...payload.value } as Message) : payload;
}
