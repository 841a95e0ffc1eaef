// What a scan means: a voucher, a product, or a code that nobody knows. On every screen of a sale, under every sheet, the item is
// added; a screen beside the sale may take scans itself. Only where it is asked who somebody is, a scan is a badge; to a manager who is to
// approve it is one unless it is goods.

import { labelledSale, readShelfLabel } from '#schema/rules/shelf-label';
import { currencies } from '#schema/values/currency';
import { productByCode } from '../catalogue/catalogue.ts';
import { isVoucherCode } from '../catalogue/codes.ts';
import type { SaleActions } from '../sale/sale-actions.ts';
import { noticeOf, type TillParts, warn } from '../till-parts.ts';
import { asksWho, storeSettings, type TillState } from '../till-state.ts';

export interface ScanReactions {
  add: (productId: string) => void;
  addLabel: SaleActions['addLabel'];
  /** Whether the open screen beside the sale took it. */
  toSide: (code: string) => boolean;
  askVoucher: (code: string) => void;
  badge: (code: string) => void;
}

export interface ScanActions {
  scanned(code: string): void;
  /** Says that nobody knows this code. */
  unknown(code: string): void;
  /** What the keys of a scan may have done before they were known to be one; the returned function takes it back. */
  remember(): () => void;
}

export function scanActions(parts: Pick<TillParts, 'state' | 'beep'>, reactions: ScanReactions): ScanActions {
  const { state } = parts;
  const unknown = (code: string) => {
    parts.beep();
    warn(parts, noticeOf('fault', 'unknown_code', { code: code.trim().slice(0, 40) }));
  };
  /** A label of the shop's own scale carries an item and its price or weight; whether the code is one. */
  function readLabel(code: string): boolean {
    const { session, catalogue } = state.get();
    const text = code.trim();
    const label = readShelfLabel(text, session?.store.settings.labelPatterns ?? []);
    const product = label && catalogue.products.get(catalogue.labels.get(label.plu) ?? '');
    if (!label || !product) return false;
    const { currency } = storeSettings(state.get());
    const sold = labelledSale(label, product, currencies[currency].exponent);
    if (sold) reactions.addLabel({ productId: product.id, label: text, ...sold });
    else warn(parts, noticeOf('fault', 'label_unreadable'));
    return true;
  }

  return {
    unknown,
    scanned(code) {
      if (state.get().phase !== 'ready') return;
      if (asksWho(state.get())) return reactions.badge(code);
      const isVoucher = isVoucherCode(code);
      const product = productByCode(state.get().catalogue, code);
      if (state.get().sheet === 'approval' && !product && !isVoucher) return reactions.badge(code);
      if (reactions.toSide(code)) return;
      if (isVoucher) return reactions.askVoucher(code);
      if (product) return reactions.add(product.id);
      if (readLabel(code)) return;
      unknown(code);
    },
    remember() {
      const { cart, entry, multiplier, given, sheet, proof, discount, charge, screen, payment } = state.get();
      const before: Partial<TillState> = { cart, entry, multiplier, given, sheet, proof, discount, charge };
      return () =>
        state.update((current) =>
          // No key of a scan changes these: something else did, such as the saving of this sale, and it stands.
          current.screen === screen && current.payment === payment ? { ...current, ...before } : current,
        );
    },
  };
}
