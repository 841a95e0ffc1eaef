// What stands on a receipt, in three languages and on a copy; and the same as a PDF that can be read.
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ReceiptBlock } from '#schema/wire/receipt';
import { layOut, rowLines, wrap } from './layout.ts';
import { receiptPdf } from './pdf.ts';
import { returnReceipt } from './return-receipt.ts';
import { saleReceipt } from './sale-receipt.ts';
import { sampleReceipt, sampleSale } from './test-sale.ts';
import { voucherSlips } from './voucher-slip.ts';

const linesOf = (blocks: readonly ReceiptBlock[], columns = 42): string[] =>
  layOut(blocks, { columns, show: (text) => text.replaceAll('\u00a0', ' ') }).flatMap((part) =>
    part.kind === 'line' ? [part.text.replaceAll(/ +/g, ' ').trim()] : [],
  );

describe('a receipt', () => {
  it('[IOT-08] says what was sold, at what, what came off, and how it was paid', () => {
    expect(linesOf(saleReceipt(sampleReceipt))).toEqual([
      'Café Åsö',
      'Jl. Merdeka 1, Bogor',
      'NPWP 01.234.567.8-901.000',
      '',
      'Struk T1A-000042 Kasir 1',
      '2026-11-21 12:12 Kasir Ayu',
      '-'.repeat(42),
      'Kopi susu gula aren',
      '2 × 18.000 36.000',
      'Roti bakar 11.500',
      'Diskon -1.150',
      'Keripik singkong balado pedas manis',
      'kemasan keluarga 500 gram 24.500',
      'Jeruk Medan',
      '1,250 × 32.000 40.000',
      'tanpa daun',
      '-'.repeat(42),
      'Diskon -1.000',
      'Sebelum pajak 98.960',
      'Pajak 11 % 10.890',
      'Tip 2.000',
      'Pembulatan -50',
      'TOTAL Rp 111.800',
      'QRIS 50.000',
      'Referensi 0042-A',
      'belum dipastikan bank',
      'Tunai 100.000',
      'Kembali 38.200',
      '',
      'Catatan: Meja 4',
      '',
      'Terima kasih – välkommen åter!',
      'Tukar dalam 14 hari.',
    ]);
  });

  it.each([
    ['en', 'COPY', 'Change 38.200'],
    ['id', 'SALINAN', 'Kembali 38.200'],
    ['sv', 'KOPIA', 'Växel 38.200'],
  ] as const)('[IOT-08] in %s a copy says %s, and the first does not', (language, word, change) => {
    const first = linesOf(saleReceipt({ ...sampleReceipt, language }));
    const second = linesOf(saleReceipt({ ...sampleReceipt, language, copy: true }));
    expect([first.includes(word), second.includes(word)]).toEqual([false, true]);
    expect(second.filter((line) => line !== word && line !== '')).toEqual(first.filter((line) => line !== ''));
    expect(first).toContain(change);
  });

  it('[IOT-08] leaves out what is not there: no rounding, no change, no tip, no note, no seller', () => {
    const sale = { ...sampleSale, rounding: 0, tip: 0, change: 0, note: null, discounted: 115_000 };
    const lines = linesOf(saleReceipt({ ...sampleReceipt, sale, seller: null }));
    for (const word of ['Pembulatan', 'Kembali', 'Tip', 'Catatan', 'Ayu'])
      expect(lines.filter((line) => line.includes(word))).toEqual([]);
    expect(lines.filter((line) => line.startsWith('Diskon'))).toEqual(['Diskon -1.150']);
  });

  it.each([
    ['en', 'RETURN', 'GIVEN BACK Rp 17.950', 'COPY'],
    ['id', 'RETUR', 'DIKEMBALIKAN Rp 17.950', 'SALINAN'],
    ['sv', 'RETUR', 'ÅTERBETALT Rp 17.950', 'KOPIA'],
  ] as const)(
    '[ORD-14] in %s a return says what came back, of which receipt, and how the money went',
    (language, word, back, copied) => {
      const { id, tillId, staffId, businessDate, occurredAt, currency } = sampleSale;
      const amounts = { net: 1_622_000, tax: 178_000, total: 1_800_000 };
      const one = {
        lineId: id,
        productId: id,
        name: 'Kopi susu',
        quantity: 1,
        quantityScale: 0,
        taxRate: 1_100,
        restock: true,
        ...amounts,
      };
      const refund = { refundId: id, method: 'cash' as const, amount: 1_795_000, reference: null };
      const taken = {
        ...{ id, tillId, staffId, businessDate, occurredAt, currency, ...amounts },
        receipt: 'T1A-000043',
        original: { storeId: id, saleId: id, receipt: sampleSale.receipt },
        lines: [one, { ...one, quantity: 1_250, quantityScale: 3, name: 'Jeruk Medan' }],
        rounding: -5_000,
        refunds: [refund],
        reason: 'Rusak',
      };
      const parts = { taken, store: sampleReceipt.store, till: 'Kasir 1', seller: 'Ayu', language };
      const lines = linesOf(returnReceipt({ ...parts, copy: false }));
      expect(lines).toEqual(expect.arrayContaining([word, back, 'Kopi susu 18.000', '1,250 × 18.000']));
      expect(lines.some((line) => line.endsWith(sampleSale.receipt))).toBe(true);
      expect(lines.some((line) => line.endsWith(': Rusak'))).toBe(true);
      expect([lines.includes(copied), linesOf(returnReceipt({ ...parts, copy: true })).includes(copied)]).toEqual([false, true]);
    },
  );

  it('[DSP-01] a slip for each voucher, with its code, where and until when', () => {
    const voucher = {
      id: sampleSale.id,
      saleId: null,
      lineId: null,
      productId: sampleSale.id,
      productName: 'Air 600 ml',
      dispenserId: sampleSale.id,
      dispenserName: 'Water 1',
      serial: 1,
      state: 'open' as const,
      expiresAt: '2026-11-21T05:27:00.000Z',
      code: 'SD1:AAAA',
    };
    const store = sampleReceipt.store;
    const slips = voucherSlips({ vouchers: [voucher, { ...voucher, code: 'SD1:BBBB' }], store, language: 'sv', copy: false });
    expect(slips.flatMap((block) => (block.kind === 'qr' ? [block.text] : []))).toEqual(['SD1:AAAA', 'SD1:BBBB']);
    expect(slips.filter(({ kind }) => kind === 'cut')).toHaveLength(2);
    expect(linesOf(slips)).toContain('Gäller till 2026-11-21 12:27');
    expect(linesOf(slips)).toContain('Håll koden framför Water 1.');
  });
});

describe('lines', () => {
  it.each([
    ['a b c', 3, ['a b', 'c']],
    ['abcdefg', 3, ['abc', 'def', 'g']],
    ['ab cdefgh', 4, ['ab', 'cdef', 'gh']],
    ['', 4, ['']],
    ['  a', 4, ['a']],
  ])('[IOT-08] «%s» in %i columns', (text, columns, lines) => {
    expect(wrap(text, columns)).toEqual(lines);
  });

  it.each([
    ['Kopi', '18.000', 16, ['Kopi      18.000']],
    ['Kopi susu gula', '18.000', 16, ['Kopi susu', 'gula      18.000']],
    ['Kopi', '1234567890123456', 16, ['Kopi', '1234567890123456']],
    ['Kopi susu', '123456789012', 16, ['Kopi', 'susu', '    123456789012']],
  ])('[IOT-08] «%s» beside «%s»', (left, right, columns, lines) => {
    expect(rowLines(left, right, columns)).toEqual(lines);
  });
});

/** The text of a PDF whose streams are deflated and whose fonts are Latin: enough to prove that it can be read. */
function pdfText(pdf: Buffer): string {
  const found: string[] = [];
  for (let at = pdf.indexOf('stream\n'); at !== -1; at = pdf.indexOf('stream\n', at + 7)) {
    const end = pdf.indexOf('endstream', at);
    try {
      const content = inflateSync(pdf.subarray(at + 7, end)).toString('latin1');
      for (const [, array = ''] of content.matchAll(/\[([^\]]*)\] TJ/g))
        found.push(
          [...array.matchAll(/<([0-9a-f]+)>/g)].map(([, digits = '']) => Buffer.from(digits, 'hex').toString('latin1')).join(''),
        );
    } catch {
      // A picture's own stream.
    }
    at = end;
  }
  return found.join('\n');
}

describe('a receipt as PDF', () => {
  it('[IOT-08] can be read and searched, has one page of 80 mm, and is the same each time', async () => {
    const parts = {
      blocks: saleReceipt({ ...sampleReceipt, language: 'sv' }),
      title: 'T1A-000042',
      language: 'sv',
      at: new Date(sampleSale.occurredAt),
      logo: undefined,
    };
    const pdf = await receiptPdf(parts);
    const text = pdfText(pdf);
    expect(text).toMatch(/TOTALT +Rp 111\.800/);
    expect(text).toMatch(/Växel +38\.200/);
    expect(text).toContain('Café Åsö');
    const file = pdf.toString('latin1');
    expect(file.match(/\/Type \/Page\b/g)).toHaveLength(1);
    expect(Number(/\/MediaBox \[0 0 ([\d.]+) /.exec(file)?.[1])).toBeCloseTo(226.77, 1);
    expect((await receiptPdf(parts)).equals(pdf)).toBe(true);
  });
});
