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
};

export const receiptWords: Record<StoreLanguage, ReceiptWords> = { en, id, sv };
