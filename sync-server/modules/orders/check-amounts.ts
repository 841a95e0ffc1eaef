// Computes a sale again from the price and tax rows that its fact carries, by the rule that the till ran: amounts are checked, not believed.
import type { SaleClosed } from '#schema/facts/sale-closed';
import { PRICING_VERSION, type PriceBook, priceCart } from '#schema/rules/pricing';
import { type Currency, isCurrency } from '#schema/values/currency';

/** What differs, in words; undefined when nothing does, or when another version of the rule priced it. */
export function findDifference(sale: SaleClosed): string | undefined {
  if (sale.pricingVersion !== PRICING_VERSION || !isCurrency(sale.currency)) return undefined;
  const again = priceCart(sale.lines, bookOf(sale, sale.currency), sale.discount);
  if (!again.ok) return `The sale cannot be priced: ${again.detail}`;
  for (const [index, line] of sale.lines.entries()) {
    const { net, taxAmount, total } = again.value.lines[index] ?? line;
    if (net !== line.net || taxAmount !== line.taxAmount || total !== line.total)
      return `Line ${index + 1} says ${line.net} + ${line.taxAmount} = ${line.total}; its price and tax give ${net} + ${taxAmount} = ${total}.`;
  }
  const { net, tax, total, discounted } = again.value;
  if (sale.net !== net || sale.tax !== tax || sale.total !== total)
    return `The sale says ${sale.net} + ${sale.tax} = ${sale.total}; its lines give ${net} + ${tax} = ${total}.`;
  if (sale.discounted !== discounted)
    return `The sale says that ${sale.discounted} was taken off; its discounts give ${discounted}.`;
  const due = total + sale.tip + sale.rounding;
  return sale.due === due ? undefined : `The sale asks for ${sale.due}; its total with tip and rounding is ${due}.`;
}

/** The prices and taxes that the fact carries; a product has one price in a sale. */
function bookOf(sale: SaleClosed, currency: Currency): PriceBook {
  const lines = new Map(sale.lines.map((line) => [line.productId, line]));
  return { currency, product: (productId) => lines.get(productId) };
}
