// What the stores sold together: one total a currency, never one over several, and how many stores are in none.
import { amountCell } from '../../ui/money.ts';
import { widthOf } from '../../ui/width.ts';
import type { Row } from './row.ts';

interface Total {
  currency: string;
  amount: number;
  stores: number;
}

/** In as many words as there is room for; an amount is there in full or not at all. */
export function totalsText(rows: readonly Row[], width: number): string {
  const totals = totalsOf(rows);
  const silent = rows.filter(({ answers }) => !answers).length;
  const noAnswer = silent > 0 ? [`no answer ${silent}`] : [];
  const counted = (total: Total, noun: string) => `${sumText(total)} (${total.stores}${noun})`;
  const ways = [
    ['Total today', ...totals.map((total) => counted(total, total.stores === 1 ? ' store' : ' stores')), ...noAnswer],
    ['Total today', ...totals.map((total) => counted(total, '')), ...noAnswer],
    [...totals.map(sumText), ...noAnswer],
  ].map((parts) => (parts.length > 1 || totals.length > 0 ? parts : [...parts, '-']).join('   '));
  return ways.find((text) => widthOf(text) <= width) ?? shortened(totals, width);
}

function totalsOf(rows: readonly Row[]): Total[] {
  const totals = new Map<string, Total>();
  for (const { store, answers } of rows) {
    if (!answers) continue;
    const { currency } = store;
    const { amount, stores } = totals.get(currency) ?? { amount: 0, stores: 0 };
    totals.set(currency, { currency, amount: amount + store.salesToday, stores: stores + 1 });
  }
  return [...totals.values()].sort((left, right) => right.stores - left.stores || left.currency.localeCompare(right.currency));
}

const sumText = ({ currency, amount }: Total): string => `${currency} ${amountCell({ amount, currency })}`;

/** As many currencies as fit, and how many did not. */
function shortened(totals: readonly Total[], width: number): string {
  for (let count = totals.length - 1; count > 0; count--) {
    const text = [...totals.slice(0, count).map(sumText), `+${totals.length - count}`].join('  ');
    if (widthOf(text) <= width) return text;
  }
  return totals.length > 0 ? `${totals.length} currencies` : '-';
}
