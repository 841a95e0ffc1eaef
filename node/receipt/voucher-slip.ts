// A slip for each voucher: its code large enough for a scanner, what it pours, where, and until when.

import type { StoreLanguage } from '#schema/rules/settings';
import { wallTime } from '#schema/values/time';
import type { ReceiptBlock } from '#schema/wire/receipt';
import type { Voucher } from '#schema/wire/voucher';
import { centred, cut, rule, space } from './blocks.ts';
import { receiptWords } from './words.ts';

export interface VoucherSlipParts {
  vouchers: readonly (Voucher & { code: string })[];
  store: { name: string; timeZone: string };
  language: StoreLanguage;
  copy: boolean;
}

export function voucherSlips({ vouchers, store, language, copy }: VoucherSlipParts): ReceiptBlock[] {
  const words = receiptWords[language];
  return vouchers.flatMap((voucher, index): ReceiptBlock[] => [
    centred(store.name),
    ...(copy ? [centred(words.copy, { bold: true, size: 'large' })] : []),
    rule,
    centred(vouchers.length > 1 ? `${words.voucher} ${index + 1} / ${vouchers.length}` : words.voucher),
    centred(voucher.productName, { bold: true, size: 'large' }),
    { kind: 'qr', text: voucher.code },
    centred(words.holdBefore.replace('{device}', voucher.dispenserName)),
    centred(`${words.validTo} ${wallTime(Date.parse(voucher.expiresAt), store.timeZone).slice(0, 16)}`, { bold: true }),
    space,
    cut,
  ]);
}
