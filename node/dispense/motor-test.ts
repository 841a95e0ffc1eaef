// A turn of a motor without a voucher: asked once, never again by itself, and told as the dispenser tells it.
import type { MessageOf } from '#schema/wire/dispenser';
import type { Asking } from './asking.ts';
import type { Conversation } from './conversation.ts';

/** Longer than the longest turn that can be set, and what falls after it. */
const ANSWER_MS = 45_000;

export const testMotor = (
  conversation: Pick<Conversation, 'sendSealed'>,
  asking: Asking,
  slot: number,
): Promise<MessageOf<'motorTested'> | null> =>
  asking.ask({
    ask: () => conversation.sendSealed<'testMotor'>({ kind: 'testMotor', slot }),
    answer: 'motorTested',
    isAnswer: (tested) => tested.slot === slot,
    withinMs: ANSWER_MS,
  });
