// Tags on goods (EPC SGTIN-96): ninety-six bits that name one item, its GTIN and its serial. Read only: tags are written where goods are made.
import { ok, type Result, refuse } from '../values/result.ts';
import { checkDigit } from './gtin.ts';

export interface TaggedItem {
  /** Fourteen digits, as barcodes are kept. */
  gtin: string;
  serial: number;
  filter: number;
  /** `urn:epc:id:sgtin:…`: the same item whatever its tag's filter. */
  uri: string;
}

export type TagRefusal = 'not-a-tag' | 'not-sgtin-96' | 'bad-partition' | 'bad-reference';

const HEADER = 0x30;

/** By the tag's partition: how many digits its company prefix has; the item reference has the other ones of thirteen. */
const prefixDigits = [12, 11, 10, 9, 8, 7, 6] as const;
const prefixBits = [40, 37, 34, 30, 27, 24, 20] as const;
const REFERENCE_DIGITS = 13;
const REFERENCE_BITS = 44;

/** As readers give it: twenty-four hexadecimal digits. Two texts of the same tag are equal once in capitals. */
export const isTagText = (text: string): boolean => /^[0-9A-Fa-f]{24}$/.test(text);

export function readTag(text: string): Result<TaggedItem, TagRefusal> {
  if (!isTagText(text)) return refuse('not-a-tag', 'A tag is 24 hexadecimal digits.');
  const bits = BigInt(`0x${text}`);
  const field = (from: number, width: number) => Number((bits >> BigInt(96 - from - width)) & ((1n << BigInt(width)) - 1n));
  if (field(0, 8) !== HEADER) return refuse('not-sgtin-96', 'The tag does not name a trade item (SGTIN-96).');
  const partition = field(11, 3);
  const [digits, width] = [prefixDigits[partition], prefixBits[partition]];
  if (digits === undefined || width === undefined) return refuse('bad-partition', 'The tag’s partition is not one of 0 to 6.');
  const prefix = String(field(14, width)).padStart(digits, '0');
  const reference = String(field(14 + width, REFERENCE_BITS - width)).padStart(REFERENCE_DIGITS - digits, '0');
  if (prefix.length > digits || reference.length > REFERENCE_DIGITS - digits)
    return refuse('bad-reference', 'The tag’s company prefix or item reference has more digits than its partition allows.');
  const serial = field(58, 38);
  const body = `${reference[0]}${prefix}${reference.slice(1)}`;
  const gtin = `${body}${checkDigit(body)}`;
  return ok({ gtin, serial, filter: field(8, 3), uri: `urn:epc:id:sgtin:${prefix}.${reference}.${serial}` });
}
