// A payment beside cash: what the terminal took, with the number on its slip; or the store's QRIS code with the amount in it, which
// nobody confirms here.
import { dynamicQris } from '#schema/rules/qris';
import { currencies } from '#schema/values/currency';
import { Choice } from '../base/choice.tsx';
import { useActions, useAmountText, useOpenSale, useSay, useTill } from '../base/till-context.tsx';
import { QrCode } from '../done/qr-code.tsx';
import { fitted } from '../look/fit.ts';
import { Icon } from '../look/icon.tsx';
import type { ChargeEntry } from './charge.ts';
import { amountGiven, decimalSign, givenText } from './given.ts';
import { Keypad } from './keypad.tsx';

function Qris({ entry }: { entry: ChargeEntry }) {
  const { held } = useActions();
  const payload = useTill((state) => state.session?.store.settings.qrisStatic ?? '');
  const { currency, rest } = useOpenSale();
  const say = useSay();
  const amountText = useAmountText();
  const amount = amountGiven(entry.typed, currency);
  const code = dynamicQris(payload, amount / 10 ** currencies[currency].exponent, entry.reference);
  const parts = { amount: amountText(amount), reference: entry.reference };
  return (
    <div className="qris">
      {amount > 0 && amount <= rest && code.ok && <QrCode text={code.value} label={say('qris_code', parts)} />}
      <p>
        {say('qris_scan', parts)} <span className="meta">{say('reference', parts)}</span>
      </p>
      <p className="qris-proof" data-tone="warn">
        <Icon name="warn" size={16} /> {say('qris_proof')}
      </p>
      <button type="button" className="action" onClick={() => void held.hold()}>
        {say('held_hold')}
      </button>
    </div>
  );
}

function Card({ entry }: { entry: ChargeEntry }) {
  const { tender } = useActions();
  const say = useSay();
  return (
    <div className="card">
      <Choice<ChargeEntry['target']>
        title=""
        options={{ reference: say('charge_reference'), amount: say('charge_amount') }}
        chosen={entry.target}
        onChoose={tender.aimCharge}
      />
      <p className="meta">{say('charge_reference')}</p>
      <output className="card-reference">{entry.reference || '–'}</output>
    </div>
  );
}

export function ChargeScreen() {
  const { tender } = useActions();
  const entry = useTill((state) => state.charge);
  const { currency } = useOpenSale();
  const say = useSay();
  if (!entry) return null;
  const typed = givenText(entry.typed, currency) || '0';
  return (
    <section className="charge" aria-label={say(`method_${entry.method}`)}>
      {entry.method === 'qris' ? <Qris entry={entry} /> : <Card entry={entry} />}
      <div className="charge-typed">
        <div className="given">
          <div className="given-row">
            <span>{say('charge_amount')}</span>
            <output style={fitted(typed)}>{typed}</output>
          </div>
        </div>
        <Keypad third={entry.target === 'reference' ? null : (decimalSign(currency) ?? '000')} onKey={tender.typeCharge} />
      </div>
    </section>
  );
}
