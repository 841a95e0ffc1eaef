// The foot of the sale: what it is made of, and what is due. Its box is the same on every screen and never moves.
import type { Currency } from '#schema/values/currency';
import { moneyText } from '#schema/values/money-text';
import { useAmountText, useSay } from '../base/till-context.tsx';
import { fitted } from '../look/fit.ts';

interface TotalsProps {
  discounted: number;
  net: number;
  tax: number;
  tip: number;
  rounding: number;
  due: number;
  currency: Currency;
}

export function Totals({ discounted, net, tax, tip, rounding, due, currency }: TotalsProps) {
  const say = useSay();
  const amountText = useAmountText();
  const dueText = moneyText({ amount: due, currency });
  const rows = [
    discounted > 0 ? { name: say('discount'), amount: -discounted } : { name: say('net'), amount: net },
    { name: say('tax'), amount: tax },
    ...(tip === 0 ? [] : [{ name: say('tip'), amount: tip }]),
    ...(rounding === 0 ? [] : [{ name: say('rounding'), amount: rounding }]),
  ];
  return (
    <dl className="totals">
      {/* Three rows have room above Due, and the last say the most about it. */}
      {rows.slice(-3).map(({ name, amount }) => (
        <div key={name} className="totals-row">
          <dt>{name}</dt>
          <dd>{amountText(amount)}</dd>
        </div>
      ))}
      <div className="due" id="due-box">
        <dt>{say('due')}</dt>
        <dd style={fitted(dueText)}>{dueText}</dd>
      </div>
    </dl>
  );
}
