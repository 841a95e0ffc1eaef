// Barcodes of trade items (GS1): GTIN-8, -12, -13 and -14 are one number space, kept as fourteen digits.

/** A code as it is stored and looked up; undefined when its length or check digit is wrong. */
export function gtin14(code: string): string | undefined {
  if (!/^(\d{8}|\d{12,14})$/.test(code)) return undefined;
  const digits = code.padStart(14, '0');
  return Number(digits[13]) === checkDigit(digits.slice(0, 13)) ? digits : undefined;
}

/** From the right, digits weigh 3 and 1 in turn; leading zeros weigh nothing, so every length has the same sum. */
export function checkDigit(body: string): number {
  let sum = 0;
  for (let at = 0; at < body.length; at++) sum += Number(body[body.length - 1 - at]) * (at % 2 === 0 ? 3 : 1);
  return (10 - (sum % 10)) % 10;
}
