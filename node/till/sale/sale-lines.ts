// The lines of the open sale as the node takes them, and what is said when payments are left over.
import type { ChargeOffer } from '#schema/rules/tender';
import type { Currency } from '#schema/values/currency';
import { amountText } from '#schema/values/money-text';
import type { CloseSale } from '#schema/wire/sale';
import { chargedBy } from '../tender/charge.ts';
import { noticeOf } from '../till-parts.ts';
import type { Cart } from './cart.ts';

export const linesOf = ({ lines }: Pick<Cart, 'lines'>): CloseSale['lines'] =>
  lines.map(({ lineId, productId, quantity, label, discount, note }) => ({
    lineId,
    productId,
    quantity,
    ...(label !== undefined && { label }),
    ...(discount && { discount }),
    ...(note !== undefined && { note }),
  }));

/** The sale is empty, and somebody paid some of it already. */
export const chargesGone = (currency: Currency, charges: readonly ChargeOffer[]) =>
  noticeOf('warn', 'charges_gone', { amount: amountText({ amount: chargedBy(charges), currency }) });
