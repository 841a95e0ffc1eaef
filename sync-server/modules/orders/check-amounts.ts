// Computes a sale again from the price and tax rows that its fact carries, by the rule that the till ran. A sale that differs happened all
// the same: it is booked as it is, and a person is told.
import type { SaleClosed } from '#schema/facts/sale-closed';
import { PRICING_VERSION, type PriceBook, priceCart } from '#schema/rules/pricing';
import { isCurrency } from '#schema/values/currency';

/** What differs, in words; undefined when nothing does, or when it cannot be told: another version of the rule, a currency not known here. */
export function findDifference(sale: SaleClosed): string | undefined {
  if (sale.pricingVersion !== PRICING_VERSION || !isCurrency(sale.currency)) return undefined;
  let net = 0;
  let tax = 0;
  for (const [index, line] of sale.lines.entries()) {
    const book: PriceBook = { currency: sale.currency, product: () => line };
    const again = priceCart([line], book);
    if (!again.ok) return `Line ${index + 1} cannot be priced: ${again.detail}`;
    const { value } = again;
    if (value.net !== line.net || value.tax !== line.taxAmount || value.total !== line.total)
      return `Line ${index + 1} says ${line.net} + ${line.taxAmount} = ${line.total}; its price and tax give ${value.net} + ${value.tax} = ${value.total}.`;
    net += value.net;
    tax += value.tax;
  }
  if (sale.net !== net || sale.tax !== tax || sale.total !== net + tax)
    return `The sale says ${sale.net} + ${sale.tax} = ${sale.total}; its lines give ${net} + ${tax} = ${net + tax}.`;
  if (sale.due !== sale.total + sale.rounding)
    return `The sale asks for ${sale.due}; its total with rounding is ${sale.total + sale.rounding}.`;
  return undefined;
}
