// Who is selling: before anybody is signed in, and after the till was locked. The open sale waits behind it.
import { useEffect, useRef } from 'react';
import { useActions, useAmountText, useOpenSale, useSay, useTill } from '../base/till-context.tsx';
import { StateLine } from '../node-link/state-line-view.tsx';
import { type Language, languageNames } from '../words/words.ts';
import { ProofPad } from './proof-pad.tsx';

function Languages() {
  const till = useActions();
  const language = useTill((state) => state.language);
  const say = useSay();
  return (
    <fieldset className="languages">
      <legend className="unseen">{say('language')}</legend>
      {(Object.keys(languageNames) as Language[]).map((each) => (
        <button
          key={each}
          type="button"
          className="quiet"
          lang={each}
          aria-label={`${each}, ${languageNames[each]}`}
          aria-pressed={each === language}
          onClick={() => till.setLanguage(each)}
        >
          {each}
        </button>
      ))}
    </fieldset>
  );
}

export function SignInView() {
  const { signIn } = useActions();
  const session = useTill((state) => state.session);
  const staff = useTill((state) => state.staff);
  const sale = useOpenSale();
  const say = useSay();
  const amountText = useAmountText();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="sign-in">
      <header className="header">
        <h1 ref={heading} tabIndex={-1} className="header-title">
          {session?.store.name} <span className="meta">{session?.till.name}</span>
        </h1>
        <Languages />
      </header>
      <StateLine />
      <main className="sign-in-work">
        <ProofPad people={staff} title={say('who_sells')} submit={say('pin_ok')} onSubmit={signIn.submit} />
      </main>
      <p className="sign-in-kept">
        {sale.lines.length > 0 && say('sale_kept', { n: sale.items, amount: amountText(sale.total) })}
      </p>
    </div>
  );
}
