// A sale with everything that a receipt can show, for tests of what stands on the paper.
import { idMaker } from '#schema/values/id';
import type { PrinterProfile } from '#schema/wire/print';
import type { Sale } from '#schema/wire/sale';
import { randomBytes, systemClock } from '../base/clock.ts';
import type { SaleReceiptParts } from './sale-receipt.ts';

const makeId = idMaker(systemClock, randomBytes);

type Line = Sale['lines'][number];

const line = (name: string, unitPrice: number, more: Partial<Line> = {}): Line => {
  const { quantity = 1, quantityScale = 0, discounted = 0 } = more;
  const gross = more.gross ?? (unitPrice * quantity) / 10 ** quantityScale;
  const ids = { lineId: makeId(), productId: makeId() };
  const total = gross - discounted;
  const tax = more.tax ?? 0;
  const amounts = { gross, discounted, net: total - tax, taxRate: 1_100, tax, total };
  return { ...ids, name, quantity, quantityScale, unitPrice, ...amounts, dispensable: false, note: null, ...more };
};

export const sampleSale: Sale = {
  id: makeId(),
  receipt: 'T1A-000042',
  tillId: makeId(),
  shiftId: null,
  staffId: makeId(),
  businessDate: '2026-11-21',
  occurredAt: '2026-11-21T05:12:00.000Z',
  currency: 'IDR',
  lines: [
    line('Kopi susu gula aren', 1_800_000, { quantity: 2, tax: 354_000 }),
    line('Roti bakar', 1_150_000, { discounted: 115_000, tax: 102_000 }),
    line('Keripik singkong balado pedas manis kemasan keluarga 500 gram', 2_450_000, { tax: 240_000 }),
    line('Jeruk Medan', 3_200_000, { quantity: 1_250, quantityScale: 3, note: 'tanpa daun', tax: 393_000 }),
  ],
  discounted: 215_000,
  net: 9_896_000,
  tax: 1_089_000,
  total: 10_985_000,
  tip: 200_000,
  rounding: -5_000,
  due: 11_180_000,
  tenders: [
    {
      tenderId: makeId(),
      method: 'qris',
      amount: 5_000_000,
      tendered: 5_000_000,
      change: 0,
      reference: '0042-A',
      state: 'unverified',
    },
    {
      tenderId: makeId(),
      method: 'cash',
      amount: 6_180_000,
      tendered: 10_000_000,
      change: 3_820_000,
      reference: null,
      state: 'paid',
    },
  ],
  tendered: 15_000_000,
  change: 3_820_000,
  customerId: null,
  note: 'Meja 4',
  vouchers: [],
  belowZero: [],
};

export const sampleReceipt: SaleReceiptParts = {
  sale: sampleSale,
  store: {
    name: 'Café Åsö',
    address: 'Jl. Merdeka 1, Bogor',
    receiptHeader: 'NPWP 01.234.567.8-901.000',
    receiptFooter: 'Terima kasih – välkommen åter!\nTukar dalam 14 hari.',
    timeZone: 'Asia/Jakarta',
  },
  till: 'Kasir 1',
  seller: 'Ayu',
  language: 'id',
  copy: false,
};

export const profileOf = (more: Partial<PrinterProfile> = {}): PrinterProfile => ({
  columns: 48,
  codePage: 'pc858',
  qr: 'native',
  cut: 'partial',
  drawerPin: null,
  answers: true,
  ...more,
});
