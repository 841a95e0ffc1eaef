// What a day or a shift came to, as people compare it with their drawer.
import type { Totals } from '#schema/rules/report';
import { rateText } from '#schema/values/rate-text';
import { useAmountText, useSay, useStore } from '../base/till-context.tsx';

interface Sum {
  name: string;
  amount: string;
  strong?: boolean;
}

const Sums = ({ sums }: { sums: readonly Sum[] }) =>
  sums.length > 0 && (
    <dl className="sums">
      {sums.map(({ name, amount, strong }) => (
        <div key={name} data-strong={strong || undefined}>
          <dt>{name}</dt>
          <dd>{amount}</dd>
        </div>
      ))}
    </dl>
  );

export function TotalsView({ totals, vouchersOpen }: { totals: Totals; vouchersOpen: number | null }) {
  const say = useSay();
  const amountText = useAmountText();
  const { currency } = useStore();
  const counted = (name: string, { count, amount }: Totals['sales'], sign: 1 | -1 = 1): Sum => ({
    name: `${name} (${count})`,
    amount: amountText(sign * amount),
  });
  const unlessZero = (name: string, amount: number): Sum[] => (amount === 0 ? [] : [{ name, amount: amountText(amount) }]);
  const { shifts } = totals;
  const tenders = totals.tenders.map(({ method, state, count, taken, givenBack }): Sum => {
    const name =
      state === 'unverified' ? say('report_unconfirmed', { method: say(`method_${method}`) }) : say(`method_${method}`);
    return { name: `${name} (${count})`, amount: amountText(taken - givenBack) };
  });
  const taxes = totals.taxes.map(
    ({ rate, net, tax }): Sum => ({
      name: say('report_tax', { rate: rateText(rate, currency), amount: amountText(net) }),
      amount: amountText(tax),
    }),
  );
  return (
    <div className="report-totals">
      <Sums
        sums={[
          counted(say('report_sales'), totals.sales),
          counted(say('report_returns'), totals.returns, -1),
          { name: say('report_net'), amount: amountText(totals.net), strong: true },
        ]}
      />
      <Sums sums={[...tenders, ...unlessZero(say('report_tips'), totals.tips)]} />
      <Sums sums={[...taxes, ...unlessZero(say('rounding'), totals.rounding)]} />
      <Sums
        sums={[
          counted(say('report_discounts'), totals.discounts, -1),
          counted(say('report_voids'), totals.voids),
          counted(say('drawer_in'), totals.payIns),
          counted(say('drawer_out'), totals.payOuts, -1),
          { name: say('report_no_sales'), amount: String(totals.noSales) },
          ...(shifts.count === 0
            ? []
            : [
                { name: `${say('shift_over')} (${say('report_shifts', { n: shifts.count })})`, amount: amountText(shifts.over) },
                { name: say('shift_short'), amount: amountText(-shifts.short) },
              ]),
          ...(vouchersOpen === null ? [] : [{ name: say('report_vouchers'), amount: String(vouchersOpen) }]),
        ]}
      />
    </div>
  );
}
