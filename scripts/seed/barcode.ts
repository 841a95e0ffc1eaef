// EAN-13: twelve digits and the check digit that scanners verify.

/** Weights 1 and 3 in turn from the left; the check digit brings the sum to a multiple of ten. */
export function checkDigit(twelve: string): number {
  const sum = [...twelve].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return (10 - (sum % 10)) % 10;
}

/** 899 is Indonesia's; the company is nobody's, so that no sample is mistaken for a real product. */
export function sampleBarcode(item: number): string {
  const twelve = `89900000${String(item).padStart(4, '0')}`;
  return twelve + checkDigit(twelve);
}
