// Why vouchers were refused, at dispensers and at tills, counted by reason for the metrics. It names no voucher.
import { refusalCodes } from '#schema/wire/dispenser';
import { voucherContract } from '#schema/wire/voucher';

export interface VoucherRefusals {
  count(reason: string): void;
  read(): Readonly<Record<string, number>>;
}

export function openVoucherRefusals(): VoucherRefusals {
  const reasons = [...Object.keys(refusalCodes), ...Object.keys(voucherContract.validate.refusals)];
  const counts = Object.fromEntries(reasons.filter((reason) => reason !== 'none').map((reason) => [reason, 0]));
  return {
    count(reason) {
      counts[reason] = (counts[reason] ?? 0) + 1;
    },
    read: () => counts,
  };
}
