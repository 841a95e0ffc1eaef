// How it is paid: only what this store takes, and what is paid already.
import { useActions, useAmountText, useOpenSale, useSay, useTill } from '../base/till-context.tsx';
import { Icon } from '../look/icon.tsx';
import { methodsOf } from './charge.ts';

function PaidSoFar() {
  const { tender } = useActions();
  const charges = useTill((state) => state.charges);
  const say = useSay();
  const amountText = useAmountText();
  return (
    <section className="paid-so-far" aria-label={say('paid_so_far')}>
      <h2>
        {say('paid_so_far')} {charges.length === 0 && <span className="meta">{say('paid_nothing')}</span>}
      </h2>
      <ul>
        {charges.map(({ tenderId, method, amount, reference }) => {
          const name = say(`method_${method}`);
          return (
            <li key={tenderId}>
              <span>
                {name} <span className="meta">{reference}</span>
              </span>
              <strong>{amountText(amount)}</strong>
              <button
                type="button"
                className="bare"
                aria-label={say('charge_remove', { method: name, amount: amountText(amount) })}
                onClick={() => tender.removeCharge(tenderId)}
              >
                <Icon name="close" />
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

export function TenderScreen() {
  const { tender } = useActions();
  const session = useTill((state) => state.session);
  const { rest } = useOpenSale();
  const say = useSay();
  const amountText = useAmountText();
  return (
    <section className="tender" aria-label={say('tender')}>
      <p className="tender-rest">
        <span>{say('due')}</span> <strong>{amountText(rest)}</strong>
      </p>
      <div className="tender-methods">
        {methodsOf(session).map((method, index) => (
          <button key={method} type="button" className="action" onClick={() => tender.choose(method)}>
            <kbd>{index + 1}</kbd> {say(`method_${method}`)}
          </button>
        ))}
      </div>
      <PaidSoFar />
    </section>
  );
}
