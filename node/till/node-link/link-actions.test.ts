// The page and its node: a stream that died without a word is noticed by its silence and opened anew; a quiet one is left alone.
import { expect, test } from 'vitest';
import { handClock } from '#schema/values/test-clock';
import type { SyncState, TillSession } from '#schema/wire/till';
import type { Preferences } from '../base/preferences.ts';
import { createStateStore } from '../base/state-store.ts';
import type { TillParts } from '../till-parts.ts';
import { firstState, type TillState } from '../till-state.ts';
import type { NodeCalls } from './calls.ts';
import type { EventHandlers } from './event-stream.ts';
import { linkActions } from './link-actions.ts';

const sync: SyncState = { link: 'online', lastContactAt: null, waiting: 0, oldestWaitingAt: null, catalogueComplete: true };
const session = { store: { settings: { languages: ['en'] } }, sync, serverTime: '2026-11-20T05:00:00.000Z' } as TillSession;

function linked() {
  const clock = handClock();
  const state = createStateStore<TillState>(firstState('en', true));
  const streams: { handlers: EventHandlers; open: boolean }[] = [];
  const node = { answers: true };
  const calls = {
    till: { session: async () => (node.answers ? session : Promise.reject(new Error('no answer'))) },
  } as unknown as NodeCalls;
  const preferences = { token: () => 'till_token', language: () => null } as Preferences;
  const parts = {
    state,
    clock,
    calls,
    preferences,
    openEvents(_: string, handlers: EventHandlers) {
      const stream = { handlers, open: true };
      streams.push(stream);
      return () => {
        stream.open = false;
      };
    },
  } as unknown as TillParts;
  const link = linkActions(parts, {
    refresh() {},
    onSession() {},
    onCatalogue() {},
    onStock() {},
    onVoucher() {},
    onDrafts() {},
    onPrinter() {},
    onPrintJob() {},
    onDeviceCommand() {},
    onLowStock() {},
  });
  return { clock, state, streams, link, node };
}

test('[SYN-10] a quiet stream that says every ten seconds how it stands is left alone', async () => {
  const { clock, streams, link } = linked();
  link.start();
  for (let said = 0; said < 12; said++) {
    await clock.pass(10_000);
    streams[0]?.handlers.sync({ ...sync, waiting: said });
  }
  expect(streams).toHaveLength(1);
});

test('[SYN-10] a stream that is silent for longer is closed and opened anew', async () => {
  const { clock, streams, link } = linked();
  link.start();
  await clock.pass(16_000);
  expect(streams.map(({ open }) => open)).toEqual([false, true]);
});

test('[SYN-10] silence with the node gone is told, and the stream is opened when it is back', async () => {
  const { clock, state, streams, link, node } = linked();
  link.start();
  await clock.pass(1_000);
  node.answers = false;
  await clock.pass(15_000);
  expect(state.get().link).toBe('lost');
  node.answers = true;
  await clock.pass(2_000);
  expect(state.get().link).toBe('back');
  expect(streams.map(({ open }) => open)).toEqual([false, true]);
});
