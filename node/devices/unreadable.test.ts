// A device that sends rubbish without end: counted message by message, and the log stays short.
import { expect, it } from 'vitest';
import { openRefusals } from './refusals.ts';
import { openUnreadable } from './unreadable.ts';

it('[DSP-06] [DSP-07] rubbish is counted each time and fills no log: a line a minute says how much it was', () => {
  let now = 0;
  const said: unknown[] = [];
  const refusals = openRefusals();
  const log = { warn: (facts: object) => void said.push(facts) } as Parameters<typeof openUnreadable>[0]['log'];
  const unreadable = openUnreadable({ device: 'Water 1', now: () => now, log, refused: refusals.count });
  for (; now < 120_000; now += 10) unreadable('malformed-message');
  expect(refusals.read().unreadable).toBe(12_000);
  expect(said).toEqual([
    { device: 'Water 1', why: 'malformed-message', messages: 1 },
    { device: 'Water 1', why: 'malformed-message', messages: 6_000 },
  ]);
});
