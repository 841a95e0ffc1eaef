// The node's side of one dispenser's boot: it seals commands so that only this dispenser obeys them, once, and only until it restarts.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { assert } from '../values/assert.ts';
import { encodeMessage, labels, type Message, type MessageOf, type SealedName, sealMacSize, type Unsealed } from './dispenser.ts';

export interface DispenserSession {
  dispenserNumber: number;
  rootKey: Uint8Array;
  bootId: Uint8Array;
  /** The last one used or accepted; each command takes the next. */
  counter: number;
}

/** From a HELLO. Within one boot the counter never falls, whatever a HELLO says that came late. */
export function openSession(
  identity: { dispenserNumber: number; rootKey: Uint8Array },
  hello: Pick<MessageOf<'hello'>, 'bootId' | 'counter'>,
  before?: DispenserSession,
): DispenserSession {
  const sameBoot = before !== undefined && Buffer.compare(before.bootId, hello.bootId) === 0;
  const counter = sameBoot ? Math.max(before.counter, hello.counter) : hello.counter;
  return { dispenserNumber: identity.dispenserNumber, rootKey: identity.rootKey, bootId: hello.bootId, counter };
}

function sealMac(session: DispenserSession, signed: Uint8Array): Uint8Array {
  const key = createHmac('sha256', session.rootKey).update(labels.commandKey).digest();
  const number = Buffer.alloc(4);
  number.writeUInt32BE(session.dispenserNumber);
  const mac = createHmac('sha256', key).update(labels.command).update(number).update(session.bootId).update(signed);
  return mac.digest().subarray(0, sealMacSize);
}

/** The command's bytes, and the session that the next command is sealed with. */
export function sealCommand<Name extends SealedName>(
  session: DispenserSession,
  command: Unsealed<Name>,
): { session: DispenserSession; bytes: Uint8Array } {
  const counter = session.counter + 1;
  assert(counter <= 0xffff_ffff, 'a boot takes no more commands than its counter has room for');
  const bytes = encodeMessage({ ...command, counter, mac: new Uint8Array(sealMacSize) } as unknown as Message);
  const signedSize = bytes.length - sealMacSize;
  bytes.set(sealMac(session, bytes.subarray(0, signedSize)), signedSize);
  return { session: { ...session, counter }, bytes };
}

/** What the dispenser's core checks; here for tests and simulated devices. */
export function opensWith(session: DispenserSession, bytes: Uint8Array): boolean {
  const signedSize = bytes.length - sealMacSize;
  return signedSize > 0 && timingSafeEqual(sealMac(session, bytes.subarray(0, signedSize)), bytes.subarray(signedSize));
}
