// The bytes for a printer: exact for what is known, and for any text at all only what the strict simulated printer takes.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReceiptBlock } from '#schema/wire/receipt';
import { type Command, openReader } from '#scripts/sandbox/printer/commands';
import { openPaper } from '#scripts/sandbox/printer/paper';
import { qrModules, toBitmap } from '../bitmap.ts';
import { centred, cut, row, text } from '../blocks.ts';
import { saleReceipt } from '../sale-receipt.ts';
import { profileOf, sampleReceipt } from '../test-sale.ts';
import { type CodePageName, codePageNames, codePages, encodeText, onPage } from './code-page.ts';
import { drawerKick, encodeReceipt, widthDots } from './encode.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const START = '1b401c2e1b74';

/** What comes out of a printer that refuses whatever it does not know. */
function printed(bytes: Uint8Array, dots = 576) {
  const commands: Command[] = [];
  const paper = openPaper(dots);
  openReader((command) => {
    commands.push(command);
    paper.print(command);
  })(bytes);
  return { commands, pieces: paper.pieces(), rest: paper.rest() };
}

describe('what a printer is sent', () => {
  it.each<{ says: string; blocks: ReceiptBlock[]; profile?: Parameters<typeof profileOf>[0]; bytes: string }>([
    { says: 'text and its end of line', blocks: [text('Hej')], bytes: `${START}1348656a0a` },
    {
      says: 'Swedish letters in PC437',
      blocks: [text('åäöÅÄÖ')],
      profile: { codePage: 'pc437' },
      bytes: `${START}008684948f8e990a`,
    },
    { says: 'the euro in PC858', blocks: [text('5 €')], bytes: `${START}133520d50a` },
    {
      says: 'Swedish letters in WPC1252',
      blocks: [text('åäöÅÄÖ€')],
      profile: { codePage: 'wpc1252' },
      bytes: `${START}10e5e4f6c5c4d6800a`,
    },
    {
      says: 'modes said when they change, and taken back',
      blocks: [centred('A', { bold: true, size: 'large' }), centred('B', { bold: true, size: 'tall' }), text('C')],
      bytes: `${START}131b61011b45011d2111410a1d2101420a1b61001b45001d2100430a`,
    },
    {
      says: 'a row to the right edge',
      blocks: [row('A', '1')],
      profile: { columns: 32 },
      bytes: `${START}1341${'20'.repeat(30)}310a`,
    },
    {
      says: 'a QR code by the printer’s own command',
      blocks: [{ kind: 'qr', text: 'https://ex.am/1' }],
      bytes:
        `${START}131b6101` +
        '1d286b0400314132001d286b03003143081d286b03003145311d286b120031503068747470733a2f2f65782e616d2f310a1d286b03003151300a',
    },
    { says: 'a cut that leaves a strip', blocks: [cut], bytes: `${START}131d564200` },
    { says: 'a whole cut', blocks: [cut], profile: { cut: 'full' }, bytes: `${START}131d564100` },
    { says: 'paper to tear off', blocks: [cut], profile: { cut: 'none' }, bytes: `${START}131b6404` },
  ])('[IOT-08] $says', ({ blocks, profile, bytes }) => {
    expect(hex(encodeReceipt(blocks, { profile: profileOf(profile), logo: undefined }))).toBe(bytes);
  });

  it('[IOT-08] a drawer kick for either pin', () => {
    expect([hex(drawerKick(2)), hex(drawerKick(5))]).toEqual(['1b401b70303c78', '1b401b70313c78']);
  });

  it('[IOT-08] a logo and a raster QR code are the same dots as they were, in bands', () => {
    const logo = toBitmap({ width: 40, height: 300, light: (x, y) => (x + y) % 2 }, 40, 300);
    const profile = profileOf({ qr: 'raster' });
    const blocks: ReceiptBlock[] = [{ kind: 'logo' }, { kind: 'qr', text: 'T1A-000042' }];
    const { commands } = printed(encodeReceipt(blocks, { profile, logo }));
    const bands = commands.filter((command) => command.kind === 'raster');
    expect(bands.slice(0, 3).map(({ rows }) => rows.length / 5)).toEqual([128, 128, 44]);
    expect(Buffer.concat(bands.slice(0, 3).map(({ rows }) => rows))).toEqual(Buffer.from(logo.rows));
    const { size, isDark } = qrModules('T1A-000042');
    const code = Buffer.concat(bands.slice(3).map(({ rows }) => rows));
    const stride = bands[3]?.stride ?? 0;
    const dots = (stride * 8) / (size + 8);
    const middle = (module: number) => Math.floor((module + 4.5) * dots);
    for (let y = 0; y < size; y++)
      for (let x = 0; x < size; x++) {
        const at = middle(x);
        const isBlack = ((code[middle(y) * stride + (at >> 3)] ?? 0) & (0x80 >> (at & 7))) !== 0;
        expect(isBlack, `module ${x}, ${y}`).toBe(isDark(x, y));
      }
  });
});

describe('any text', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.string({ unit: 'grapheme', maxLength: 80 }),
    fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 }).map((units) => String.fromCharCode(...units)),
  );
  const anyPage = fc.constantFrom<CodePageName>(...codePageNames);

  it('[IOT-08] never becomes a control byte, and is never swallowed whole', () => {
    fc.assert(
      fc.property(anyText, anyPage, (words, name) => {
        const page = codePages[name];
        const bytes = encodeText(onPage(words, page), page);
        expect(bytes.every((byte) => byte >= 0x20 && byte !== 0x7f)).toBe(true);
        if (/[\p{L}\p{N}\p{S}]/u.test(words)) expect(bytes.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  it('[IOT-08] prints on any paper without a fault, and no line is wider than the paper', () => {
    const columns = fc.constantFrom<32 | 42 | 48>(32, 42, 48);
    const sizes = fc.constantFrom<'normal' | 'tall' | 'large'>('normal', 'tall', 'large');
    fc.assert(
      fc.property(anyText, anyText, anyPage, columns, sizes, (left, right, codePage, wide, size) => {
        const profile = profileOf({ codePage, columns: wide });
        const blocks = [text(left, { size }), row(left, right, { size }), centred(right, { size }), cut];
        const { pieces } = printed(encodeReceipt(blocks, { profile, logo: undefined }), widthDots(profile));
        expect(pieces).toHaveLength(1);
        for (const each of pieces[0]?.lines ?? []) expect([...each].length).toBeLessThanOrEqual(wide);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['pc437', 'Smörgås à 12 €', 'Smörgås à 12 EUR'],
    ['pc858', '3 × 5 €', '3 × 5 €'],
    ['pc437', '“Nasi–goreng” …', '"Nasi-goreng" ...'],
    ['pc858', 'Łódź, Čapek, ő', 'Lódz, Capek, o'],
    ['wpc1252', 'コーヒー 1', '???? 1'],
    ['pc437', '☕ kopi', '? kopi'],
    ['pc858', 'Rp\u00a047.500', 'Rp 47.500'],
    ['pc858', 'a\u001b@b\u0000', 'a?@b?'],
    ['pc437', 'a\u0308', 'ä'],
  ] as const)('[IOT-08] %s shows «%s» as «%s»', (page, words, shown) => {
    expect(onPage(words, codePages[page])).toBe(shown);
  });

  it('[IOT-08] the code pages are those that everybody else knows by their names', () => {
    // Its upper part is Latin-1, which is Unicode's own.
    for (let byte = 0xa1; byte <= 0xff; byte++)
      if (byte !== 0xad) expect(codePages.wpc1252.upper[byte - 0x80]).toBe(String.fromCharCode(byte));
    expect([...'€‚„…‘’“”–—ŠŽšž'].map((char) => 0x80 + codePages.wpc1252.upper.indexOf(char))).toEqual([
      0x80, 0x82, 0x84, 0x85, 0x91, 0x92, 0x93, 0x94, 0x96, 0x97, 0x8a, 0x8e, 0x9a, 0x9e,
    ]);
    expect([...'ÇéåÅÄÖñ£ßø€'].map((char) => 0x80 + codePages.pc858.upper.indexOf(char))).toEqual([
      0x80, 0x82, 0x86, 0x8f, 0x8e, 0x99, 0xa4, 0x9c, 0xe1, 0x9b, 0xd5,
    ]);
    for (const name of codePageNames) expect([...codePages[name].upper]).toHaveLength(128);
  });
});

describe('a receipt on paper', () => {
  it.each([32, 42, 48] as const)(
    '[IOT-08] in %i columns: amounts at the right edge, nothing cut short, the code of the receipt',
    (columns) => {
      const profile = profileOf({ columns });
      const { pieces } = printed(encodeReceipt(saleReceipt(sampleReceipt), { profile, logo: undefined }), widthDots(profile));
      const [piece] = pieces;
      expect(piece?.codes).toEqual(['T1A-000042']);
      const lines = piece?.lines ?? [];
      const total = lines.find((line) => line.startsWith('TOTAL'));
      expect([total?.length, total?.endsWith('Rp 111.800')]).toEqual([columns, true]);
      const words = lines.join(' ').replaceAll(/ +/g, ' ');
      for (const part of ['Keripik singkong balado pedas manis kemasan keluarga 500 gram', '1,250 × 32.000 40.000', 'Café Åsö'])
        expect(words).toContain(part);
    },
  );
});
