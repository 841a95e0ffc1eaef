// One question to a dispenser and the first answer to it, or that none came in time. It is asked once: what may turn a motor is not repeated.
import type { Clock } from '#schema/values/clock';
import type { MessageName, MessageOf } from '#schema/wire/dispenser';
import type { Conversation } from './conversation.ts';

export interface Question<Name extends MessageName> {
  /** False where it cannot be asked now. */
  ask(): boolean;
  answer: Name;
  isAnswer?(message: MessageOf<Name>): boolean;
  withinMs: number;
}

export interface Asking {
  ask<Name extends MessageName>(question: Question<Name>): Promise<MessageOf<Name> | null>;
  /** Nobody is answered any more. */
  stop(): void;
}

export function openAsking(conversation: Pick<Conversation, 'on'>, clock: Clock): Asking {
  const open = new Set<() => void>();
  return {
    ask: ({ ask, answer, isAnswer = () => true, withinMs }) =>
      new Promise((resolve) => {
        const settle = (message: Parameters<typeof resolve>[0]) => {
          open.delete(giveUp);
          cancel();
          forget();
          resolve(message);
        };
        const giveUp = () => settle(null);
        open.add(giveUp);
        const cancel = clock.after(withinMs, giveUp);
        // Listened for before it is asked: a virtual dispenser is quick.
        const forget = conversation.on(answer, (message) => isAnswer(message) && settle(message));
        if (!ask()) giveUp();
      }),
    stop() {
      for (const giveUp of [...open]) giveUp();
    },
  };
}
