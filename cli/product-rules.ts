// What a product says of itself beside name and price, as flags: the same for adding one and for changing it. `none` takes a rule away.
import * as Flags from '@oclif/core/flags';
import { issueMethods } from '#schema/rules/stock-issue';
import { wrongUse } from './failure.ts';
import { readQuantity } from './ui/quantity.ts';

export const productRuleFlags = {
  unit: Flags.string({ summary: 'What one is, like pcs or kg.' }),
  'tax-class': Flags.string({ summary: 'Its tax class.' }),
  'stock-policy': Flags.option({ options: ['warn', 'forbid'] as const, summary: 'Whether it may be sold below zero.' })(),
  'age-limit': Flags.string({ summary: 'Years that a buyer must have; none for anybody.', helpValue: '<years>' }),
  'issue-method': Flags.option({ options: issueMethods, summary: 'Which lot goes first.' })(),
  'low-stock-at': Flags.string({
    summary: 'Low at or under this quantity; none leaves it to the store.',
    helpValue: '<quantity>',
  }),
  plu: Flags.string({ summary: 'Its number on labels of the shop’s own scale; none for no label.', helpValue: '<digits>' }),
};

export interface ProductRuleFlags {
  unit?: string | undefined;
  'tax-class'?: string | undefined;
  'stock-policy'?: 'warn' | 'forbid' | undefined;
  'age-limit'?: string | undefined;
  'issue-method'?: (typeof issueMethods)[number] | undefined;
  'low-stock-at'?: string | undefined;
  plu?: string | undefined;
}

/** Only what was said. */
export function productRules(flags: ProductRuleFlags, quantityScale: number) {
  const { unit, 'tax-class': taxClass, 'stock-policy': stockPolicy, 'issue-method': issueMethod } = flags;
  const { 'age-limit': age, 'low-stock-at': low, plu } = flags;
  return {
    ...(unit && { unit }),
    ...(taxClass && { taxClass }),
    ...(stockPolicy && { stockPolicy }),
    ...(issueMethod && { issueMethod }),
    ...(age !== undefined && { ageLimit: orNone(age, (text) => readYears(text)) }),
    ...(low !== undefined && { lowStockAt: orNone(low, (text) => (text === '0' ? 0 : readQuantity(text, quantityScale))) }),
    ...(plu !== undefined && { pluCode: orNone(plu, (text) => text) }),
  };
}

const orNone = <T>(text: string, read: (text: string) => T): T | null => (text === 'none' ? null : read(text));

function readYears(text: string): number {
  if (/^\d{1,2}$/.test(text) && Number(text) > 0) return Number(text);
  throw wrongUse(`--age-limit ${text} is not an age in years.`, 'Write it like --age-limit 18, or none.', 'bad-age');
}
