// What a scanner or a person may mean by a code: a barcode of any of the GTIN lengths, or a SKU.

/** EAN-8, UPC-A, EAN-13 and GTIN-14 are one number with leading zeros. */
const gtinLengths = new Set([8, 12, 13, 14]);

/** The spelling under which a code is kept and looked up. */
export function codeKey(text: string): string {
  const code = text.trim();
  return /^\d+$/.test(code) && gtinLengths.has(code.length) ? code.padStart(14, '0') : code.toUpperCase();
}

const VOUCHER = /^SD\d+:/i;

export const isVoucherCode = (text: string): boolean => VOUCHER.test(text.trim());
