// Every word on paper, in the languages of the stores.
import type { StoreLanguage } from '#schema/rules/settings';

export interface ReceiptWords {
  receipt: string;
  servedBy: string;
  copy: string;
  discount: string;
  net: string;
  tax: string;
  rounding: string;
  tip: string;
  total: string;
  cash: string;
  qris: string;
  card: string;
  unverified: string;
  reference: string;
  change: string;
  note: string;
  voucher: string;
  validTo: string;
  holdBefore: string;
  returned: string;
  ofReceipt: string;
  refunded: string;
  reason: string;
  test: string;
  testLetters: string;
  printer: string;
  xReport: string;
  xHint: string;
  zReport: string;
  businessDay: string;
  closedBy: string;
  approvedBy: string;
  sales: string;
  returns: string;
  netSales: string;
  taken: string;
  givenBack: string;
  ofNet: string;
  tips: string;
  discounts: string;
  voids: string;
  payIns: string;
  payOuts: string;
  noSales: string;
  shifts: string;
  over: string;
  short: string;
  vouchersOpen: string;
  shift: string;
  opened: string;
  closed: string;
  float: string;
  expected: string;
  counted: string;
  sinceCount: string;
  difference: string;
}

const en: ReceiptWords = {
  receipt: 'Receipt',
  servedBy: 'Served by',
  copy: 'COPY',
  discount: 'Discount',
  net: 'Before tax',
  tax: 'Tax',
  rounding: 'Rounding',
  tip: 'Tip',
  total: 'TOTAL',
  cash: 'Cash',
  qris: 'QRIS',
  card: 'Card',
  unverified: 'not confirmed by the bank',
  reference: 'Reference',
  change: 'Change',
  note: 'Note',
  voucher: 'Voucher',
  validTo: 'Valid to',
  holdBefore: 'Hold the code before {device}.',
  returned: 'RETURN',
  ofReceipt: 'Of receipt',
  refunded: 'GIVEN BACK',
  reason: 'Reason',
  test: 'Test page',
  testLetters: 'Letters',
  printer: 'Printer',
  xReport: 'X REPORT',
  xHint: 'The day goes on.',
  zReport: 'Z REPORT',
  businessDay: 'Business day',
  closedBy: 'Closed by',
  approvedBy: 'Approved by',
  sales: 'Sales',
  returns: 'Returns',
  netSales: 'NET',
  taken: 'taken',
  givenBack: 'given back',
  ofNet: 'of {net}',
  tips: 'Tips',
  discounts: 'Discounts',
  voids: 'Thrown away',
  payIns: 'Paid in',
  payOuts: 'Paid out',
  noSales: 'Drawer opened',
  shifts: 'Shifts closed',
  over: 'Over',
  short: 'Short',
  vouchersOpen: 'Vouchers open',
  shift: 'SHIFT',
  opened: 'Opened',
  closed: 'Closed',
  float: 'Float',
  expected: 'Expected',
  counted: 'Counted',
  sinceCount: 'Since the count',
  difference: 'DIFFERENCE',
};

const id: ReceiptWords = {
  receipt: 'Struk',
  servedBy: 'Kasir',
  copy: 'SALINAN',
  discount: 'Diskon',
  net: 'Sebelum pajak',
  tax: 'Pajak',
  rounding: 'Pembulatan',
  tip: 'Tip',
  total: 'TOTAL',
  cash: 'Tunai',
  qris: 'QRIS',
  card: 'Kartu',
  unverified: 'belum dipastikan bank',
  reference: 'Referensi',
  change: 'Kembali',
  note: 'Catatan',
  voucher: 'Voucher',
  validTo: 'Berlaku sampai',
  holdBefore: 'Dekatkan kode ke {device}.',
  returned: 'RETUR',
  ofReceipt: 'Dari struk',
  refunded: 'DIKEMBALIKAN',
  reason: 'Alasan',
  test: 'Halaman uji',
  testLetters: 'Huruf',
  printer: 'Printer',
  xReport: 'LAPORAN X',
  xHint: 'Hari masih berjalan.',
  zReport: 'LAPORAN Z',
  businessDay: 'Hari usaha',
  closedBy: 'Ditutup oleh',
  approvedBy: 'Disetujui oleh',
  sales: 'Penjualan',
  returns: 'Retur',
  netSales: 'BERSIH',
  taken: 'diterima',
  givenBack: 'dikembalikan',
  ofNet: 'dari {net}',
  tips: 'Tip',
  discounts: 'Diskon',
  voids: 'Dibatalkan',
  payIns: 'Uang masuk laci',
  payOuts: 'Uang keluar laci',
  noSales: 'Laci dibuka',
  shifts: 'Shift ditutup',
  over: 'Lebih',
  short: 'Kurang',
  vouchersOpen: 'Voucher belum dipakai',
  shift: 'SHIFT',
  opened: 'Dibuka',
  closed: 'Ditutup',
  float: 'Uang awal',
  expected: 'Seharusnya',
  counted: 'Dihitung',
  sinceCount: 'Sesudah dihitung',
  difference: 'SELISIH',
};

const sv: ReceiptWords = {
  receipt: 'Kvitto',
  servedBy: 'Säljare',
  copy: 'KOPIA',
  discount: 'Rabatt',
  net: 'Före moms',
  tax: 'Moms',
  rounding: 'Öresavrundning',
  tip: 'Dricks',
  total: 'TOTALT',
  cash: 'Kontant',
  qris: 'QRIS',
  card: 'Kort',
  unverified: 'inte bekräftat av banken',
  reference: 'Referens',
  change: 'Växel',
  note: 'Anteckning',
  voucher: 'Värdekod',
  validTo: 'Gäller till',
  holdBefore: 'Håll koden framför {device}.',
  returned: 'RETUR',
  ofReceipt: 'Från kvitto',
  refunded: 'ÅTERBETALT',
  reason: 'Orsak',
  test: 'Testsida',
  testLetters: 'Bokstäver',
  printer: 'Skrivare',
  xReport: 'X-RAPPORT',
  xHint: 'Dagen fortsätter.',
  zReport: 'Z-RAPPORT',
  businessDay: 'Affärsdag',
  closedBy: 'Stängd av',
  approvedBy: 'Godkänd av',
  sales: 'Försäljning',
  returns: 'Returer',
  netSales: 'NETTO',
  taken: 'mottaget',
  givenBack: 'återbetalt',
  ofNet: 'av {net}',
  tips: 'Dricks',
  discounts: 'Rabatter',
  voids: 'Slängda köp',
  payIns: 'Insatt i lådan',
  payOuts: 'Uttaget ur lådan',
  noSales: 'Lådan öppnad',
  shifts: 'Avslutade pass',
  over: 'Över',
  short: 'Saknas',
  vouchersOpen: 'Oanvända värdekoder',
  shift: 'PASS',
  opened: 'Öppnat',
  closed: 'Stängt',
  float: 'Växelkassa',
  expected: 'Beräknat',
  counted: 'Räknat',
  sinceCount: 'Efter räkningen',
  difference: 'DIFFERENS',
};

export const receiptWords: Record<StoreLanguage, ReceiptWords> = { en, id, sv };
