// Cash: what people usually hand over on the left, what was given and what goes back on the right, digits below.
import { quickAmounts } from '#schema/rules/tender';
import { moneyText } from '#schema/values/money-text';
import { useActions, useAmountText, useOpenSale, useSay, useTill } from '../base/till-context.tsx';
import { fitted } from '../look/fit.ts';
import { Icon } from '../look/icon.tsx';
import { amountGiven, decimalSign, givenText } from './given.ts';
import { Keypad } from './keypad.tsx';

/** Given so far above what is due that it looks like a slip. */
const MUCH = 10;

function QuickAmounts({ due }: { due: number }) {
  const { tender } = useActions();
  const { currency } = useOpenSale();
  const given = useTill((state) => amountGiven(state.given, currency));
  const say = useSay();
  const amountText = useAmountText();
  return (
    <div className="quick">
      {quickAmounts(due, currency).map((amount, index) => (
        <button
          key={amount}
          type="button"
          className="action"
          aria-pressed={given === amount}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => tender.giveExactly(amount)}
        >
          {index === 0 ? say('exact', { amount: amountText(amount) }) : amountText(amount)}
        </button>
      ))}
    </div>
  );
}

function GivenAndChange({ due }: { due: number }) {
  const { currency } = useOpenSale();
  const given = useTill((state) => state.given);
  const say = useSay();
  const amountText = useAmountText();
  const amount = amountGiven(given, currency);
  const change = amount - due;
  const typed = givenText(given, currency) || '0';
  const back = given.text !== '' && change >= 0 ? amountText(change) : '–';
  const isMuch = due > 0 && amount > due * MUCH;
  return (
    <div className="given">
      <div className="given-row" data-much={isMuch || undefined}>
        <span>{say('given')}</span>
        <output style={fitted(typed)}>{typed}</output>
      </div>
      <p className="given-note">
        {isMuch && (
          <>
            <Icon name="warn" size={16} /> {say('much')}
          </>
        )}
      </p>
      <div className="change-row">
        <span>{say('change')}</span>
        <output style={fitted(back)}>{back}</output>
      </div>
      <p className="given-note">{given.text !== '' && change < 0 && say('still_due', { amount: amountText(-change) })}</p>
    </div>
  );
}

export function CashScreen() {
  const { tender } = useActions();
  const { cashDue, currency } = useOpenSale();
  const say = useSay();
  return (
    <section className="cash" aria-label={say('cash')}>
      <p className="cash-due">
        <span>{say('due')}</span> <strong>{moneyText({ amount: cashDue, currency })}</strong>
      </p>
      <QuickAmounts due={cashDue} />
      <GivenAndChange due={cashDue} />
      <Keypad third={decimalSign(currency) ?? '000'} onKey={tender.typeGiven} />
    </section>
  );
}
