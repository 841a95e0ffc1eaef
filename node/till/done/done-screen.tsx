// Done: the change in the largest figures of the page, then the vouchers.
import { moneyText } from '#schema/values/money-text';
import { useSay, useStore, useTill } from '../base/till-context.tsx';
import { fitted } from '../look/fit.ts';
import { Icon } from '../look/icon.tsx';
import { VoucherCard } from './voucher-card.tsx';

export function DoneScreen() {
  const done = useTill((state) => state.done);
  const { currency } = useStore();
  const say = useSay();
  if (!done) return null;
  const { sale } = done;
  const change = moneyText({ amount: sale.change, currency });
  const voucher = sale.vouchers[done.voucher];
  return (
    <section className="done" aria-label={say('paid')} data-vouchers={sale.vouchers.length > 0 || undefined}>
      <div className="done-change">
        <span>{sale.change > 0 ? say('change') : say('no_change')}</span>
        <strong style={fitted(change)}>{change}</strong>
      </div>
      {voucher ? (
        <VoucherCard key={voucher.id} voucher={voucher} index={done.voucher} count={sale.vouchers.length} />
      ) : (
        <p className="done-mark">
          <Icon name="ok" size={96} />
          {say('paid')}
        </p>
      )}
    </section>
  );
}
