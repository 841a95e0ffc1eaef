// Quantities as people write them (`1.5`) and as the system counts them: an integer at the product's scale (1500 grams).
import { wrongUse } from '../failure.ts';

export function quantityText(value: number, scale: number): string {
  const digits = String(Math.abs(value)).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  return `${value < 0 ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`;
}

export function readQuantity(text: string, scale: number): number {
  const match = /^([+-]?)(\d+)(?:[.,](\d+))?$/.exec(text.trim());
  const [, sign, whole = '', fraction = ''] = match ?? [];
  const value = Number(whole + fraction.padEnd(scale, '0'));
  if (match && fraction.length <= scale && Number.isSafeInteger(value) && value !== 0) return sign === '-' ? -value : value;
  throw wrongUse(
    `“${text}” is not a quantity of this product.`,
    scale === 0
      ? 'It is counted in whole units: give a whole number other than 0.'
      : `Give a number with at most ${scale} decimals.`,
    'bad-quantity',
  );
}
