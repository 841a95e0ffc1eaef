// VOID: asks one dispenser to count a serial as used, and waits, within bounds, for what it says to that.
import type { Clock } from '#schema/values/clock';
import type { MessageOf } from '#schema/wire/dispenser';
import type { Conversation } from './conversation.ts';

/** Longer than a serial link takes to give up; a person waits for it. */
const ANSWER_MS = 2_500;

export type VoidAnswer = MessageOf<'voidAck'>['result'] | 'no-answer';

export interface Voiding {
  void(serial: number): Promise<VoidAnswer>;
  /** Nobody is answered any more. */
  stop(): void;
}

type Waiting = (answer: VoidAnswer) => void;

export function openVoiding(conversation: Conversation, clock: Clock): Voiding {
  const waiting = new Map<number, Set<Waiting>>();

  const forget = conversation.on('voidAck', ({ serial, result }) => {
    for (const answer of waiting.get(serial) ?? []) answer(result);
  });

  function wait(serial: number, resolve: Waiting): void {
    const asked = waiting.get(serial) ?? new Set();
    waiting.set(serial, asked);
    const answer: Waiting = (result) => {
      cancel();
      asked.delete(answer);
      if (asked.size === 0 && waiting.get(serial) === asked) waiting.delete(serial);
      resolve(result);
    };
    const cancel = clock.after(ANSWER_MS, () => answer('no-answer'));
    asked.add(answer);
  }

  return {
    void: (serial) =>
      new Promise((resolve) => {
        if (conversation.sendSealed<'void'>({ kind: 'void', serial })) wait(serial, resolve);
        else resolve('no-answer');
      }),
    stop() {
      forget();
      for (const asked of [...waiting.values()]) for (const answer of [...asked]) answer('no-answer');
    },
  };
}
