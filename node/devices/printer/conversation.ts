// Questions to a printer over one link and the bytes that answer them: one question at a time; what nobody waits for is dropped.
import type { Clock } from '#schema/values/clock';
import type { OpenedLink } from '../link.ts';
import { type Answers, askBytes, confirmBytes, isConfirmation, isStatusAnswer, type Question } from './status.ts';

const ANSWER_MS = 2_000;

interface Awaited {
  fits(byte: number): boolean;
  settle(byte: number | undefined): void;
}

export interface Conversation {
  hear(bytes: Uint8Array): void;
  /** Undefined where it kept silent. */
  standing(): Promise<Answers | undefined>;
  /** Asks to be told when everything sent before it was taken in; false when the link went first. */
  confirmation(): Promise<boolean>;
  /** The link is gone: nothing will be answered any more. */
  end(): void;
}

export function openConversation(link: OpenedLink, clock: Clock): Conversation {
  const waiting = new Set<Awaited>();
  let questions: Promise<unknown> = Promise.resolve();
  let ended = false;

  function answerTo(bytes: Uint8Array, fits: Awaited['fits'], withinMs: number | null): Promise<number | undefined> {
    return new Promise((resolve) => {
      let cancel = () => {};
      const expected: Awaited = {
        fits,
        settle(byte) {
          cancel();
          waiting.delete(expected);
          resolve(byte);
        },
      };
      if (ended) return resolve(undefined);
      waiting.add(expected);
      if (withinMs !== null) cancel = clock.after(withinMs, () => expected.settle(undefined));
      link.write(bytes).catch(() => expected.settle(undefined));
    });
  }

  const ask = (question: Question) => answerTo(askBytes(question), isStatusAnswer, ANSWER_MS);

  async function askAll(): Promise<Answers | undefined> {
    const printer = await ask('printer');
    if (printer === undefined) return undefined;
    const offlineCause = await ask('offline-cause');
    if (offlineCause === undefined) return undefined;
    const paper = await ask('paper');
    return paper === undefined ? undefined : { printer, offlineCause, paper };
  }

  return {
    hear(bytes) {
      for (const byte of bytes) [...waiting].find(({ fits }) => fits(byte))?.settle(byte);
    },
    standing() {
      const asked = questions.then(askAll);
      questions = asked;
      return asked;
    },
    confirmation: async () => (await answerTo(confirmBytes, isConfirmation, null)) !== undefined,
    end() {
      ended = true;
      for (const expected of [...waiting]) expected.settle(undefined);
    },
  };
}
