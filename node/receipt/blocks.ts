// The blocks that papers are made of, and the head that all of them have.
import type { ReceiptBlock } from '#schema/wire/receipt';

type Text = Extract<ReceiptBlock, { kind: 'text' }>;
type Row = Extract<ReceiptBlock, { kind: 'row' }>;

export const text = (words: string, more: Partial<Text> = {}): ReceiptBlock => ({
  kind: 'text',
  text: words,
  align: 'left',
  bold: false,
  size: 'normal',
  ...more,
});

export const centred = (words: string, more: Partial<Text> = {}): ReceiptBlock => text(words, { align: 'center', ...more });

export const row = (left: string, right: string, more: Partial<Row> = {}): ReceiptBlock => ({
  kind: 'row',
  left,
  right,
  bold: false,
  size: 'normal',
  ...more,
});

export const rule: ReceiptBlock = { kind: 'rule' };
export const space: ReceiptBlock = { kind: 'space' };
export const cut: ReceiptBlock = { kind: 'cut' };

/** What stands at the head of everything that a store hands out. */
export interface StoreHead {
  name: string;
  address: string | null;
  receiptHeader: string | null;
}

export function headOf({ name, address, receiptHeader }: StoreHead): ReceiptBlock[] {
  return [
    { kind: 'logo' },
    centred(name, { bold: true, size: 'tall' }),
    ...[address, receiptHeader].filter((line) => line !== null && line !== '').map((line) => centred(line ?? '')),
    space,
  ];
}
