// X, Z and the slip of a shift on paper, in three languages; and the tax of each rate on a receipt.
import { describe, expect, it } from 'vitest';
import type { ReceiptBlock } from '#schema/wire/receipt';
import type { DayReport } from '#schema/wire/report';
import type { Shift } from '#schema/wire/shift';
import { xReport, zReport } from './day-report.ts';
import { layOut } from './layout.ts';
import { saleReceipt } from './sale-receipt.ts';
import { shiftSlip } from './shift-slip.ts';
import { sampleReceipt, sampleSale } from './test-sale.ts';

const linesOf = (blocks: readonly ReceiptBlock[], columns = 42): string[] =>
  layOut(blocks, { columns, show: (text) => text.replaceAll('\u00a0', ' ') }).flatMap((part) =>
    part.kind === 'line' ? [part.text.replaceAll(/ +/g, ' ').trim()] : [],
  );

const { id, tillId } = sampleSale;
const { store } = sampleReceipt;

const totals: DayReport['totals'] = {
  sales: { count: 62, amount: 231_000_000 },
  returns: { count: 1, amount: 1_800_000 },
  net: 229_200_000,
  discounts: { count: 2, amount: 500_000 },
  voids: { count: 1, amount: 1_150_000 },
  tips: 200_000,
  rounding: -5_000,
  tenders: [
    { method: 'cash', state: 'paid', count: 41, taken: 126_300_000, givenBack: 1_800_000 },
    { method: 'qris', state: 'unverified', count: 1, taken: 3_000_000, givenBack: 0 },
  ],
  taxes: [
    { rate: 0, net: 1_000_000, tax: 0 },
    { rate: 1_250, net: 203_733_300, tax: 24_466_700 },
  ],
  payIns: { count: 0, amount: 0 },
  payOuts: { count: 3, amount: 1_500_000 },
  noSales: 4,
  shifts: { count: 2, over: 200_000, short: 100_000 },
};

const day = { businessDate: '2026-11-21', firstDate: '2026-11-20', currency: 'IDR', totals, vouchersOpen: 3 };

const report: DayReport = {
  ...day,
  id,
  number: 12,
  label: 'ZA-000012',
  closedAt: '2026-11-21T14:05:00.000Z',
  closedBy: id,
  approvedBy: id,
  tillId,
  covers: [{ generation: 1, from: 1, to: 9 }],
};

describe('Z on paper', () => {
  it('[REP-06] says its number, its days, who closed it, every sum, and what nobody confirmed', () => {
    const lines = linesOf(zReport({ report, store, language: 'id', closedBy: 'Ayu', approvedBy: 'Citra', copy: false }));
    expect(lines.slice(3)).toEqual([
      '',
      'LAPORAN Z',
      '',
      'ZA-000012 2026-11-21 21:05',
      'Hari usaha 2026-11-20 – 2026-11-21',
      'Ditutup oleh Ayu',
      'Disetujui oleh Citra',
      '-'.repeat(42),
      'Penjualan (62) 2.310.000',
      'Retur (1) -18.000',
      'BERSIH Rp 2.292.000',
      '-'.repeat(42),
      'Tunai (41) 1.245.000',
      'diterima 1.263.000',
      'dikembalikan -18.000',
      'QRIS (1) 30.000',
      'belum dipastikan bank',
      '-'.repeat(42),
      'Pajak 0 % dari 10.000 0',
      'Pajak 12,5 % dari 2.037.333 244.667',
      'Pembulatan -50',
      'Tip 2.000',
      '-'.repeat(42),
      'Diskon (2) -5.000',
      'Dibatalkan (1) 11.500',
      'Uang masuk laci (0) 0',
      'Uang keluar laci (3) -15.000',
      'Laci dibuka 4',
      '-'.repeat(42),
      'Shift ditutup 2',
      'Lebih 2.000',
      'Kurang -1.000',
      'Voucher belum dipakai 3',
    ]);
  });

  it.each([
    ['en', 'Z REPORT', 'COPY'],
    ['id', 'LAPORAN Z', 'SALINAN'],
    ['sv', 'Z-RAPPORT', 'KOPIA'],
  ] as const)('[REP-06] in %s a copy says so, and fits the narrowest paper', (language, title, copied) => {
    const parts = { report, store, language, closedBy: null, approvedBy: null };
    const [first, copy] = [false, true].map((isCopy) => linesOf(zReport({ ...parts, copy: isCopy }), 32));
    expect(first).toContain(title);
    expect([first?.includes(copied), copy?.includes(copied)]).toEqual([false, true]);
    expect(layOut(zReport({ ...parts, copy: true }), { columns: 32, show: (text) => text }).length).toBeGreaterThan(20);
  });

  it('[REP-06] X says that the day goes on, and no number', () => {
    const look = { ...day, at: '2026-11-21T05:12:00.000Z', shift: null, openShifts: [], blockers: [], isEmpty: false };
    const lines = linesOf(xReport({ look, store, language: 'en' }));
    expect(lines).toEqual(expect.arrayContaining(['X REPORT', 'The day goes on.', 'NET Rp 2.292.000']));
    expect(lines.some((line) => line.includes('ZA-'))).toBe(false);
    expect(lines).toContain('Business day 2026-11-21');
    expect(lines).toContain('2026-11-21 12:12');
  });
});

describe('the slip of a shift', () => {
  const shift: Shift = {
    id,
    number: 7,
    tillId,
    currency: 'IDR',
    openedBy: id,
    openedAt: '2026-11-21T01:00:00.000Z',
    float: 20_000_000,
    state: 'closed',
    closedAt: '2026-11-21T09:00:00.000Z',
    closedBy: id,
    count: { counted: 21_700_000, expected: 21_800_000, difference: -100_000, reason: 'Kembalian kurang' },
  };
  const people = { till: 'Kasir 1', openedBy: 'Ayu', closedBy: 'Budi', copy: false };

  it('[PAY-03] adds up from the float to what was expected, and says what was counted and why it differs', () => {
    const sums = { float: 20_000_000, taken: 3_600_000, givenBack: 1_800_000, payIns: 500_000, payOuts: 500_000 };
    const lines = linesOf(shiftSlip({ ...people, shift, sums, totals, store, language: 'en' }));
    expect(lines).toEqual(expect.arrayContaining(['SHIFT 7', 'Opened 2026-11-21 08:00 Ayu', 'Closed 2026-11-21 16:00 Budi']));
    expect(lines.slice(-9)).toEqual([
      'Float 200.000',
      'Cash 36.000',
      'given back -18.000',
      'Paid in 5.000',
      'Paid out -5.000',
      'Expected 218.000',
      'Counted 217.000',
      'DIFFERENCE -Rp 1.000',
      'Reason: Kembalian kurang',
    ]);
  });

  it('[PAY-03] tells apart what was sold between the count and the close', () => {
    const sums = { float: 20_000_000, taken: 4_200_000, givenBack: 1_800_000, payIns: 0, payOuts: 0 };
    expect(linesOf(shiftSlip({ ...people, shift, sums, totals, store, language: 'sv' }))).toContain('Efter räkningen -6.000');
  });
});

describe('the tax on a receipt', () => {
  it('[IOT-08] is a line for each rate, and says of how much where there are several', () => {
    const [first, second, ...rest] = sampleSale.lines;
    const lines = [{ ...first, taxRate: 0, net: 3_567_000, tax: 0 }, second, ...rest] as typeof sampleSale.lines;
    const printed = linesOf(saleReceipt({ ...sampleReceipt, sale: { ...sampleSale, lines } }));
    expect(printed.filter((line) => line.startsWith('Pajak'))).toEqual([
      'Pajak 0 % dari 35.670 0',
      'Pajak 11 % dari 67.500 7.350',
    ]);
  });
});
