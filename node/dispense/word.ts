// What one dispenser may do alone, as it said itself, and for which serials it had this node's word. Only since this process began: what an
// earlier one allowed, nobody knows.
import { capabilities } from '#schema/wire/dispenser';
import type { Conversation, SealedCommand } from './conversation.ts';

export interface Word {
  /** With each command, before it is sent. */
  commanded(command: SealedCommand): void;
  /** It surely pours nothing without this node's word. */
  asksFirst(): boolean;
  /** Surely: false where anything about it is unknown. */
  isWithout(serial: number): boolean;
}

export function openWord({ on }: Pick<Conversation, 'on'>, lastSerialBefore: number): Word {
  const given = new Set<number>();
  let isAlone: boolean | undefined;
  on('hello', (hello) => {
    isAlone = (hello.capabilities & capabilities.vendsAlone) !== 0;
  });
  on('configReport', ({ vendsAlone }) => {
    isAlone = vendsAlone === 'yes';
  });
  return {
    commanded(command) {
      if (command.kind === 'authOk') given.add(command.serial);
      // Its answer may be lost: from here on it may pour alone.
      if (command.kind === 'config' && command.vendsAlone === 'yes') isAlone = true;
    },
    asksFirst: () => isAlone === false,
    isWithout: (serial) => isAlone === false && serial > lastSerialBefore && !given.has(serial),
  };
}
