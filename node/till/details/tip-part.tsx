// A tip, where the store takes them: a part of the total, or any amount.
import { useState } from 'react';
import { scale } from '#schema/values/integer';
import { isPayable, toPayable } from '#schema/values/money';
import { useActions, useAmountText, useOpenSale, useSay, useTill } from '../base/till-context.tsx';
import { amountGiven, decimalSign, givenText, nothingGiven, typeGiven } from '../tender/given.ts';
import { Keypad } from '../tender/keypad.tsx';

const percents = [5, 10, 15];

export function TipPart() {
  const { details } = useActions();
  const say = useSay();
  const amountText = useAmountText();
  const tip = useTill((state) => state.cart.tip);
  const { total, currency, lines } = useOpenSale();
  const [typed, setTyped] = useState(nothingGiven);
  const amount = amountGiven(typed, currency);
  const isEmpty = lines.length === 0 || undefined;
  const mayTake = amount > 0 && isPayable(amount, currency) && !isEmpty;
  return (
    <section className="tip" aria-label={say('tip')}>
      <div className="tip-choices">
        {percents.map((percent) => {
          const part = toPayable(scale(total, percent, 100), currency);
          return (
            <button
              key={percent}
              type="button"
              className="action"
              aria-pressed={part > 0 && part === tip}
              aria-disabled={isEmpty}
              onClick={() => details.setTip(part)}
            >
              {percent} % <span>{amountText(part)}</span>
            </button>
          );
        })}
        <button type="button" className="action" aria-disabled={tip === 0 || undefined} onClick={() => details.setTip(0)}>
          {say('tip_none')}
        </button>
      </div>
      <div className="tip-typed">
        <output className="quantity-entry">{givenText(typed, currency) || '0'}</output>
        <Keypad third={decimalSign(currency) ?? '000'} onKey={(key) => setTyped((before) => typeGiven(before, key, currency))} />
        <button
          type="button"
          className="action primary"
          aria-disabled={!mayTake || undefined}
          onClick={() => mayTake && details.setTip(amount)}
        >
          {say('tip_take', { amount: amountText(amount) })}
        </button>
      </div>
    </section>
  );
}
