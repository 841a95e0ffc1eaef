// Writes schema/vectors/dispenser.json: what TypeScript and C must both make of the same bytes. A unit test fails if it is stale.
import { createHash, createHmac } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { toBase32 } from '#schema/values/base32';
import { encodeMessage, frameFlags, type Message, payloadMax, updatePieceSize } from '#schema/wire/dispenser';
import { type Frame, writeFrame } from '#schema/wire/dispenser-frame';
import { type DispenserSession, sealCommand } from '#schema/wire/dispenser-session';
import { mintVoucher, type VoucherTerms, voucherText } from '#schema/wire/voucher-code';

/** From the repository's root, where scripts and tests run. */
export const vectorsFile = 'schema/vectors/dispenser.json';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const counting = (length: number, from = 0) => Uint8Array.from({ length }, (_, index) => (from + index) & 0xff);
const rootKey = counting(32, 1);
const verifier = { dispenserNumber: 0x01020304, keyEpoch: 17 };
const terms: VoucherTerms = {
  dispenserNumber: verifier.dispenserNumber,
  serial: 42,
  keyEpoch: verifier.keyEpoch,
  expiresAtMs: 1_800_000_000_000,
  slot: 3,
};
const now = { beforeMs: terms.expiresAtMs - 1, atMs: terms.expiresAtMs };

const hashes = () =>
  [0, 1, 55, 56, 63, 64, 65, 119, 128, 1000].map((length) => {
    const bytes = counting(length);
    const key = counting(32, length);
    return {
      bytes: hex(bytes),
      sha256: createHash('sha256').update(bytes).digest('hex'),
      key: hex(key),
      hmac: createHmac('sha256', key).update(bytes).digest('hex'),
    };
  });

function base32() {
  const good = [counting(1, 255), counting(5), counting(32), counting(32, 200)].map((bytes) => ({
    text: toBase32(bytes),
    bytes: hex(bytes),
  }));
  const text = toBase32(counting(5, 9));
  return [
    ...good,
    ...good.map(({ text, bytes }) => ({ text: text.toLowerCase(), bytes })),
    { text: 'OIL01', bytes: null, length: 5 },
    { text: '0OoIiLl1', bytes: hex(Uint8Array.from([0x00, 0x00, 0x10, 0x84, 0x21])) },
    { text: 'ZW', bytes: 'ff' },
    { text: 'ZZ', bytes: null, length: 1 },
    { text: 'U0000000', bytes: null, length: 5 },
    { text: `${text.slice(0, 7)}-`, bytes: null, length: 5 },
    { text: ` ${text.slice(1)}`, bytes: null, length: 5 },
    { text: `${text}0`, bytes: null, length: 5 },
    { text: '', bytes: null, length: 5 },
  ];
}

/** A voucher whose bytes were changed after it was signed. */
function changed(at: number, byte: number): string {
  const bytes = mintVoucher(rootKey, terms);
  bytes[at] = byte;
  return voucherText(bytes);
}

function vouchers() {
  const code = (more: Partial<VoucherTerms> = {}) => voucherText(mintVoucher(rootKey, { ...terms, ...more }));
  const good = code();
  return [
    { what: 'good', text: good, refusal: 'none' },
    { what: 'in lower case', text: good.toLowerCase(), refusal: 'none' },
    { what: 'of the epoch before', text: code({ keyEpoch: 16 }), refusal: 'none' },
    { what: 'that asks the node', text: code({ asksNode: true }), refusal: 'none' },
    { what: 'with the last serial', text: code({ serial: 0xffff_ffff }), refusal: 'none' },
    { what: 'of two epochs before', text: code({ keyEpoch: 15 }), refusal: 'unknown-epoch' },
    { what: 'of the next epoch', text: code({ keyEpoch: 18 }), refusal: 'unknown-epoch' },
    { what: 'of sixteen epochs before', text: code({ keyEpoch: 1 }), refusal: 'forged' },
    { what: 'of another dispenser', text: code({ dispenserNumber: 5 }), refusal: 'other-dispenser' },
    { what: 'with a later expiry', text: changed(9, 0xff), refusal: 'forged' },
    { what: 'with another slot', text: changed(13, 4), refusal: 'forged' },
    { what: 'with another serial', text: changed(8, 43), refusal: 'forged' },
    { what: 'with another MAC', text: changed(31, 0), refusal: 'forged' },
    { what: 'for two units', text: changed(14, 2), refusal: 'malformed' },
    { what: 'of another version', text: changed(0, 0x21), refusal: 'malformed' },
    { what: 'with pad bits', text: `${good.slice(0, -1)}1`, refusal: 'malformed' },
    { what: 'without its last character', text: good.slice(0, -1), refusal: 'malformed' },
    { what: 'with one character more', text: `${good}0`, refusal: 'malformed' },
    { what: 'with another prefix', text: `SD2:${good.slice(4)}`, refusal: 'malformed' },
    { what: 'empty', text: '', refusal: 'malformed' },
  ];
}

/** Each step: use or raise, then what some serials are. */
const windows = () => [
  {
    what: 'edges',
    steps: [
      { use: 1, used: [1], fresh: [0, 2, 1023, 1024, 0xffff_ffff] },
      { use: 1023, used: [1, 1023], fresh: [0, 2, 1022, 1024] },
      { use: 1024, used: [0, 1, 1023, 1024], fresh: [2, 1022, 1025] },
      { use: 2047, used: [0, 1, 1023, 1024, 2047], fresh: [1025, 2046, 2048] },
      { use: 5000, used: [2047, 2048, 3976, 5000], fresh: [3977, 4999, 5001] },
      { use: 3977, used: [3976, 3977, 5000], fresh: [3978] },
      { use: 10, used: [10, 3977, 5000], fresh: [3978] },
    ],
  },
  {
    what: 'the end of the serials',
    steps: [
      { use: 0xffff_fffe, used: [0, 0xffff_fbfe, 0xffff_fffe], fresh: [0xffff_fbff, 0xffff_ffff] },
      { use: 0xffff_ffff, used: [0, 0xffff_fbff, 0xffff_fffe, 0xffff_ffff], fresh: [0xffff_fc00] },
    ],
  },
  {
    what: 'a floor',
    steps: [
      { use: 100, used: [100], fresh: [99, 101] },
      { raise: 101, used: [0, 99, 100], fresh: [101, 1124] },
      { raise: 50, used: [100], fresh: [101] },
      { raise: 900, used: [101, 899], fresh: [900, 1124] },
      { raise: 100_000, used: [99_999], fresh: [100_000, 101_023] },
    ],
  },
];

const identity = { dispenser: verifier.dispenserNumber, firmware: 0x00010203, keyEpoch: 17, bootId: counting(8, 100), rootKey };

const settings = {
  slots: 2,
  vendsAlone: 'yes',
  askWaitMs: 1500,
  armMs: 50,
  motorMaxMs: 5000,
  dropWaitMs: 800,
  lateDropMs: 4000,
} as const;

function messages() {
  const { bootId } = identity;
  const plain: Message[] = [
    {
      kind: 'hello',
      dispenser: 7,
      firmware: 1,
      capabilities: 1,
      slots: 8,
      pending: 2,
      bootId,
      counter: 9,
      journalGeneration: 3,
      journalSeq: 500,
      keyEpoch: 17,
      serialFloor: 40,
      timeFloor: 1_799_999_000,
    },
    { kind: 'scan', scan: 12, refusal: 'none', slot: 3, flags: 1, keyEpoch: 1, serial: 42, expiry: 1_800_000_000 },
    { kind: 'scan', scan: 13, refusal: 'other-dispenser', slot: 0, flags: 0, keyEpoch: 0, serial: 0, expiry: 0 },
    { kind: 'vendStarted', serial: 42, unit: 1, slot: 3, authority: 'node' },
    {
      kind: 'outcome',
      serial: 42,
      unit: 1,
      slot: 3,
      result: 'ok',
      reason: 'drop-seen',
      attempts: 1,
      drops: 1,
      motorMs: 1234,
      at: 1_799_999_123,
      journalSeq: 503,
    },
    {
      kind: 'outcome',
      serial: 43,
      unit: 1,
      slot: 3,
      result: 'uncertain',
      reason: 'cut-during-run',
      attempts: 1,
      drops: 0,
      motorMs: 0,
      at: 0,
      journalSeq: 507,
    },
    { kind: 'state', phase: 'busy', clockValid: 'yes', pending: 2, jammed: 1, empty: 0x8000, serial: 42 },
    { kind: 'fault', fault: 'jam', slot: 3, serial: 42 },
    { kind: 'voidAck', serial: 42, result: 'voided' },
    { kind: 'configReport', version: 7, ...settings },
    { kind: 'motorTested', slot: 1, result: 'turned', drops: 1, motorMs: 1234 },
    { kind: 'updateStatus', step: 'receiving', firmware: 0x00010204, received: 384 },
    { kind: 'helloAck', bootId },
    { kind: 'getState' },
    { kind: 'authNo', scan: 12, serial: 42, refusal: 'refused-by-node' },
    { kind: 'cancel', serial: 42 },
    { kind: 'updateData', offset: 192, bytes: counting(updatePieceSize) },
  ];
  return plain.map((message) => ({ kind: message.kind, bytes: hex(encodeMessage(message)) }));
}

function sealed() {
  const session: DispenserSession = { dispenserNumber: identity.dispenser, rootKey, bootId: identity.bootId, counter: 4 };
  return [
    sealCommand<'time'>(session, { kind: 'time', unix: 1_799_999_000, mayLower: 'no' }),
    sealCommand<'floor'>(session, { kind: 'floor', serialFloor: 43, keyEpoch: 18 }),
    sealCommand<'authOk'>(session, { kind: 'authOk', scan: 12, serial: 42 }),
    sealCommand<'void'>(session, { kind: 'void', serial: 42 }),
    sealCommand<'outcomeAck'>(session, { kind: 'outcomeAck', serial: 42, unit: 1 }),
    sealCommand<'updateBegin'>(session, { kind: 'updateBegin', firmware: 0x00010204, size: 500_000, digest: counting(32, 50) }),
    sealCommand<'restart'>(session, { kind: 'restart' }),
    sealCommand<'config'>(session, { kind: 'config', version: 7, ...settings }),
    sealCommand<'testMotor'>(session, { kind: 'testMotor', slot: 1 }),
  ].map(({ bytes }) => ({ counter: 5, bytes: hex(bytes) }));
}

function frames() {
  const head = { type: 0x81, epoch: 0x1234, seq: 1, ack: 0xffff };
  const both = frameFlags.message | frameFlags.ack;
  const of = (what: string, more: Partial<Frame> = {}) => {
    const frame: Frame = { flags: both, ...head, payload: identity.bootId, ...more };
    return { what, ...frame, payload: hex(frame.payload), line: hex(writeFrame(frame)) };
  };
  return [
    of('with a message', {}),
    of('that only acknowledges', { flags: frameFlags.ack, type: 0, seq: 0, payload: new Uint8Array() }),
    of('that asks for an epoch', { flags: frameFlags.reset, type: 0, epoch: 0, seq: 7, ack: 0, payload: new Uint8Array() }),
    of('full of zeros', { payload: new Uint8Array(payloadMax) }),
    of('full of ones', { epoch: 0xffff, seq: 0xffff, payload: new Uint8Array(payloadMax).fill(0xff) }),
    of('of every byte there is', { payload: counting(payloadMax, 20) }),
  ];
}

export function dispenserVectors() {
  return {
    hashes: hashes(),
    base32: base32(),
    verifier: { ...verifier, rootKey: hex(rootKey), ...now },
    vouchers: vouchers(),
    windows: windows(),
    messages: messages(),
    frames: frames(),
    identity: { ...identity, bootId: hex(identity.bootId), rootKey: hex(rootKey) },
    sealed: sealed(),
  };
}

const text = () => `${JSON.stringify(dispenserVectors(), null, 1)}\n`;

/** Null when the committed vectors are what this writes. */
export function staleVectors(): string | null {
  return readFileSync(vectorsFile, 'utf8') === text() ? null : `${vectorsFile} is stale: run scripts/dispenser-vectors.ts`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(vectorsFile, text());
