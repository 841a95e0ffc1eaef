// A rate as people read it, with the decimal sign of the store's currency: 1100 hundredths of a percent are `11 %`, 1250 are `12,5 %`.
import type { Currency } from './currency.ts';
import { quantityText } from './quantity-text.ts';

const NO_BREAK_SPACE = '\u00a0';

export const rateText = (rate: number, currency: Currency): string =>
  `${quantityText(rate, 2, currency).replace(/\D?0+$/, '') || '0'}${NO_BREAK_SPACE}%`;
