// Held sales that the node has not answered for yet, kept in this browser: held while the node is gone, sent when it is back, once.
import type { Keep } from '../base/keep.ts';
import type { UnsentDraft } from './held-state.ts';

export interface Outbox {
  all(): Promise<UnsentDraft[]>;
  put(draft: UnsentDraft): Promise<void>;
  /** Takes it out unless it was changed since; whether it was there. */
  remove(draft: UnsentDraft): Promise<boolean>;
}

const PREFIX = 'unsent-sale/';

export function draftOutbox(keep: Keep): Outbox {
  return {
    all: async () => (await keep.entries(PREFIX)).map(([, draft]) => draft as UnsentDraft),
    put: (draft) => keep.put(PREFIX + draft.id, draft),
    async remove(draft) {
      let found = false;
      await keep.alter(PREFIX + draft.id, (kept) => {
        found = (kept as UnsentDraft | undefined)?.revision === draft.revision;
        return found ? undefined : kept;
      });
      return found;
    },
  };
}
