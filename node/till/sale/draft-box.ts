// The open sale and the payment under way, kept over a reload, a crash, a closed lid.
import type { Keep } from '../base/keep.ts';
import type { Payment } from '../tender/payment.ts';
import type { Cart } from './cart.ts';

export interface Draft {
  version: 1;
  cart: Cart;
  payment: Payment;
}

export interface DraftBox {
  load(): Promise<Draft | null>;
  save(draft: Draft): Promise<void>;
}

const KEY = 'open-sale';

const isDraft = (kept: unknown): kept is Draft => typeof kept === 'object' && kept !== null && (kept as Draft).version === 1;

export const draftBox = (keep: Keep): DraftBox => ({
  async load() {
    const kept = await keep.get(KEY);
    return isDraft(kept) ? kept : null;
  },
  save: (draft) => keep.put(KEY, draft),
});
