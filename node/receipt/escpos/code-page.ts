// The characters that a receipt printer knows: ASCII and the upper half of one code page. What it does not know is written with the
// nearest that it does, or as a visible «?»; nothing that a person typed can become a control byte.

export const codePageNames = ['pc437', 'pc858', 'wpc1252'] as const;

export type CodePageName = (typeof codePageNames)[number];

export interface CodePage {
  /** What `ESC t` selects it by. */
  number: number;
  /** The characters of the bytes 0x80 to 0xff; U+FFFD where there is none. */
  upper: string;
}

const NONE = '\ufffd';

export const codePages: Record<CodePageName, CodePage> = {
  pc437: {
    number: 0,
    upper:
      'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐' +
      `└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■${NONE}`,
  },
  pc858: {
    number: 19,
    upper:
      'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐' +
      `└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈ€ÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´${NONE}±‗¾¶§÷¸°¨·¹³²■${NONE}`,
  },
  wpc1252: {
    number: 16,
    upper:
      `€${NONE}‚ƒ„…†‡ˆ‰Š‹Œ${NONE}Ž${NONE}${NONE}‘’“”•–—˜™š›œ${NONE}žŸ${NONE}¡¢£¤¥¦§¨©ª«¬${NONE}®¯°±²³´µ¶·¸¹º»¼½¾¿` +
      'ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ',
  },
};

/** What is written where a page lacks the character itself. */
const stands: Record<string, string> = {
  '\u00a0': ' ',
  '\u2007': ' ',
  '\u202f': ' ',
  '\t': ' ',
  '‘': "'",
  '’': "'",
  '‚': ',',
  '“': '"',
  '”': '"',
  '„': '"',
  '–': '-',
  '—': '-',
  '−': '-',
  '‐': '-',
  '‑': '-',
  '…': '...',
  '•': '*',
  '·': '.',
  '×': 'x',
  '€': 'EUR',
  '™': 'TM',
  '©': '(c)',
  '®': '(R)',
  ø: 'o',
  Ø: 'O',
  đ: 'd',
  Đ: 'D',
  ł: 'l',
  Ł: 'L',
  œ: 'oe',
  Œ: 'OE',
};

const isAscii = (char: string): boolean => char >= ' ' && char <= '~';

/** Marks that stand on or join other characters: without those there is nothing to see. */
const isInvisible = (char: string): boolean => /^[\p{Mark}\p{Cf}]$/u.test(char);

function known(char: string, { upper }: CodePage): boolean {
  return isAscii(char) || (char !== NONE && upper.includes(char));
}

function printable(char: string, page: CodePage): string {
  if (known(char, page)) return char;
  const other = stands[char];
  if (other !== undefined) return other;
  if (isInvisible(char)) return '';
  const plain = [...char.normalize('NFKD')].filter((part) => known(part, page)).join('');
  return plain === '' ? '?' : plain;
}

/** The same text in characters of this page alone: one column each, no control characters, no line breaks. */
export const onPage = (text: string, page: CodePage): string =>
  [...text.normalize('NFC')].map((char) => printable(char, page)).join('');

/** Bytes of a text that `onPage` gave. */
export const encodeText = (text: string, { upper }: CodePage): Uint8Array =>
  Uint8Array.from([...text], (char) => (isAscii(char) ? char.charCodeAt(0) : 0x80 + upper.indexOf(char)));
