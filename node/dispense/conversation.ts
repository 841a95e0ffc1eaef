// What is said between the node and one dispenser: messages in and out, and the seal of what only this node may order. Authority, voids
// and whoever else has something to say to a dispenser speak through it.
import {
  decodeMessage,
  encodeMessage,
  type Message,
  type MessageName,
  type MessageOf,
  type SealedName,
  type Unsealed,
} from '#schema/wire/dispenser';
import { type DispenserSession, openSession, sealCommand } from '#schema/wire/dispenser-session';
import type { Driver, Presence } from '../devices/driver.ts';
import type { Dispenser } from './dispensers.ts';

export interface Conversation {
  /** False where nobody is there to take it. */
  send(message: Message): boolean;
  /** False also before the dispenser has greeted its node: a seal is for one boot. */
  sendSealed<Name extends SealedName>(command: Unsealed<Name>): boolean;
  /** Hears each message of this kind, until the returned function is called. Who listened first hears first. */
  on<Name extends MessageName>(kind: Name, listener: (message: MessageOf<Name>) => void): () => void;
  /** Of the boot that greeted last, as hex. */
  bootId(): string | undefined;
  start(presence: (presence: Presence) => void): Promise<void>;
  stop(): Promise<void>;
}

export type SealedCommand = { [Name in SealedName]: Unsealed<Name> }[SealedName];

interface ConversationParts {
  dispenser: Dispenser & { rootKey: Uint8Array };
  driver: Driver;
  /** With each message, before anybody else hears it. */
  onHeard(): void;
  /** With each sealed command, before it is sent. */
  onCommand(command: SealedCommand): void;
  /** With each message that cannot be read, and why. */
  onUnreadable(why: string): void;
}

type Listener = (message: Message) => void;

export function openConversation({ dispenser, driver, onHeard, onCommand, onUnreadable }: ConversationParts): Conversation {
  const identity = { dispenserNumber: dispenser.number, rootKey: dispenser.rootKey };
  const listeners = new Map<MessageName, Set<Listener>>();
  let session: DispenserSession | undefined;

  function receive(bytes: Uint8Array): void {
    const decoded = decodeMessage(bytes);
    if (!decoded.ok) return void onUnreadable(decoded.code);
    const message = decoded.value;
    onHeard();
    if (message.kind === 'hello') session = openSession(identity, message, session);
    for (const listener of listeners.get(message.kind) ?? []) listener(message);
  }

  return {
    send: (message) => driver.send(encodeMessage(message)),
    sendSealed(command) {
      if (!session) return false;
      onCommand(command as SealedCommand);
      const sealed = sealCommand(session, command);
      session = sealed.session;
      return driver.send(sealed.bytes);
    },
    on(kind, listener) {
      const kindListeners = listeners.get(kind) ?? new Set();
      listeners.set(kind, kindListeners);
      kindListeners.add(listener as Listener);
      return () => void kindListeners.delete(listener as Listener);
    },
    bootId: () => session && Buffer.from(session.bootId).toString('hex'),
    start: (presence) => driver.start({ presence, message: receive }),
    stop: () => driver.stop(),
  };
}
