// Who buys: found by name or phone among the customers of this store, or added, also without internet.
import { useEffect, useState } from 'react';
import type { StoreCustomer } from '#schema/wire/customer';
import { browserClock } from '../base/browser-clock.ts';
import type { Notice } from '../base/notice.ts';
import { useActions, useSay, useTill } from '../base/till-context.tsx';
import { Icon } from '../look/icon.tsx';

const SEARCH_AFTER_MS = 250;

function Chosen() {
  const { details } = useActions();
  const say = useSay();
  const customer = useTill((state) => state.cart.customer);
  if (!customer) return null;
  return (
    <p className="customer-chosen">
      <Icon name="ok" />
      <strong>{customer.name}</strong>
      <button type="button" className="action" onClick={() => details.setCustomer(null)}>
        {say('customer_remove')}
      </button>
    </p>
  );
}

function useFound(text: string): { found: StoreCustomer[] | null; problem: Notice | null } {
  const { details } = useActions();
  const [answer, setAnswer] = useState<{ found: StoreCustomer[] | null; problem: Notice | null }>({ found: null, problem: null });
  useEffect(() => {
    if (text.trim() === '') return setAnswer({ found: null, problem: null });
    let isOld = false;
    const cancel = browserClock.after(SEARCH_AFTER_MS, async () => {
      const asked = await details.searchCustomers(text);
      if (!isOld) setAnswer('value' in asked ? { found: asked.value, problem: null } : { found: null, problem: asked.problem });
    });
    return () => {
      isOld = true;
      cancel();
    };
  }, [text, details]);
  return answer;
}

/** What was typed is half of what a new one needs. */
function Add({ typed, onAdded }: { typed: string; onAdded: () => void }) {
  const { details } = useActions();
  const say = useSay();
  const isPhone = /^[\d\s().+\-/]+$/.test(typed.trim());
  const [other, setOther] = useState('');
  const [problem, setProblem] = useState<Notice | null>(null);
  const [isBusy, setBusy] = useState(false);
  const name = isPhone ? other : typed;
  const phone = isPhone ? typed : other;
  const isWanting = name.trim() === '' || phone.trim() === '';
  const add = async (event: React.FormEvent) => {
    event.preventDefault();
    if (isWanting || isBusy) return;
    setBusy(true);
    const added = await details.addCustomer({ name, phone });
    setBusy(false);
    if ('problem' in added) return setProblem(added.problem);
    details.setCustomer({ id: added.value.id, name: added.value.name });
    onAdded();
  };
  return (
    <form className="customer-add" onSubmit={(event) => void add(event)}>
      <label>
        <span className="meta">{say(isPhone ? 'customer_name' : 'customer_phone')}</span>
        <input
          className="field"
          value={other}
          inputMode={isPhone ? 'text' : 'tel'}
          maxLength={isPhone ? 120 : 40}
          autoComplete="off"
          onChange={(event) => setOther(event.target.value)}
        />
      </label>
      <button type="submit" className="action" aria-disabled={isWanting || isBusy || undefined}>
        {say('customer_add', { name: typed.trim() })}
      </button>
      {problem && (
        <p role="alert" className="said-box" data-tone={problem.tone}>
          <Icon name={problem.tone} /> {say(problem.key, problem.parts)}
        </p>
      )}
    </form>
  );
}

export function CustomerPart() {
  const { details } = useActions();
  const say = useSay();
  const [text, setText] = useState('');
  const { found, problem } = useFound(text);
  const choose = ({ id, name }: StoreCustomer) => {
    details.setCustomer({ id, name });
    setText('');
  };
  return (
    <section className="customer" aria-label={say('customer')}>
      <Chosen />
      <label>
        <span className="meta">{say('customer_find')}</span>
        <input
          className="field"
          value={text}
          maxLength={80}
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      {problem && (
        <p role="alert" className="said-box" data-tone={problem.tone}>
          <Icon name={problem.tone} /> {say(problem.key, problem.parts)}
        </p>
      )}
      <ul className="customer-list">
        {found?.map((customer) => (
          <li key={customer.id}>
            <button type="button" className="action" onClick={() => choose(customer)}>
              <span>{customer.name}</span>
              <span className="meta">{customer.phone ?? customer.email ?? ''}</span>
            </button>
          </li>
        ))}
      </ul>
      {found?.length === 0 && <p className="meta">{say('customer_unknown')}</p>}
      {found !== null && text.trim() !== '' && <Add key={text} typed={text} onAdded={() => setText('')} />}
    </section>
  );
}
