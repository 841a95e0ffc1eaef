// What the actions of the till work with. Clock, chance, network and keeping come in, so that a test can bring its own.
import type { Clock } from '#schema/values/clock';
import type { MakeId } from '#schema/values/id';
import type { GiveFile } from './base/give-file.ts';
import type { Keep } from './base/keep.ts';
import type { Notice } from './base/notice.ts';
import type { Preferences } from './base/preferences.ts';
import type { StateStore } from './base/state-store.ts';
import type { CatalogueBox } from './catalogue/catalogue-box.ts';
import type { Outbox } from './held/outbox.ts';
import type { NodeCalls } from './node-link/calls.ts';
import type { OpenEvents } from './node-link/event-stream.ts';
import type { DraftBox } from './sale/draft-box.ts';
import type { TillState } from './till-state.ts';
import type { Parts, WordKey } from './words/words.ts';
import { sayIn } from './words/words.ts';

export interface TillParts {
  state: StateStore<TillState>;
  clock: Clock;
  makeId: MakeId;
  calls: NodeCalls;
  openEvents: OpenEvents;
  drafts: DraftBox;
  outbox: Outbox;
  /** This page among all that tell the node of their sales. */
  page: string;
  giveFile: GiveFile;
  catalogues: CatalogueBox;
  /** What lives on in this browser. */
  keep: Keep;
  preferences: Preferences;
  /** The pairing code that this page's address brought. */
  invitation: string | null;
  beep: () => void;
}

/** Changes some of the state. */
export const change = ({ state }: Pick<TillParts, 'state'>, part: Partial<TillState>): void =>
  state.update((before) => ({ ...before, ...part }));

export const noticeOf = (tone: Notice['tone'], key: WordKey, parts: Parts = {}): Notice => ({ tone, key, parts });

/** Has a screen reader say something at once. */
export function interrupt({ state }: Pick<TillParts, 'state'>, key: WordKey, parts: Parts = {}): void {
  state.update((before) => ({
    ...before,
    announced: { ...before.announced, assertive: sayIn(before.language)(key, parts) },
  }));
}

/** Shows a notice beside the sale and has it read at once. */
export function warn(parts: Pick<TillParts, 'state'>, notice: Notice): void {
  change(parts, { notice });
  interrupt(parts, notice.key, notice.parts);
}

/** Has a screen reader say something when it is free. */
export function announce({ state }: Pick<TillParts, 'state'>, key: WordKey, parts: Parts = {}): void {
  state.update((before) => ({
    ...before,
    announced: { ...before.announced, polite: sayIn(before.language)(key, parts) },
  }));
}
