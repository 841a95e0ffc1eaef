// Quantities of stock as people read and type them: `2`, `1,25`, `−3`; in units of the product's scale inside.

export function unitsText(quantity: number, scale: number): string {
  const sign = quantity < 0 ? '−' : '';
  const digits = String(Math.abs(quantity)).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = scale === 0 ? '' : digits.slice(-scale).replace(/0+$/, '');
  return `${sign}${whole}${fraction && `,${fraction}`}`;
}

/** With its direction: `+2`, `−3`, `0`. */
export const signedText = (quantity: number, scale: number): string => (quantity > 0 ? '+' : '') + unitsText(quantity, scale);

const MOST_UNITS = 1_000_000_000;

/** Null where it is no quantity of that scale. */
export function parseUnits(text: string, scale: number): number | null {
  const found = /^(\d{1,9})(?:[.,](\d+))?$/.exec(text.trim());
  const [, whole = '', fraction = ''] = found ?? [];
  if (!found || fraction.length > scale) return null;
  const units = Number(whole + fraction.padEnd(scale, '0'));
  return units <= MOST_UNITS ? units : null;
}
