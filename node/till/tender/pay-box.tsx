// The one green button, in one place on every screen: Pay, Take cash, Next sale. When it waits, it says why.
import { useActions, useAmountText, useOpenSale, useSay, useTill } from '../base/till-context.tsx';
import type { PricedSale } from '../sale/priced-sale.ts';
import type { Till } from '../till.ts';
import { isSide, type TillState, whyNotCharge, whyNotPay, whyNotTake } from '../till-state.ts';
import type { Say } from '../words/words.ts';
import { amountGiven } from './given.ts';
import { isPending } from './payment.ts';

interface Face {
  label: string;
  note: string;
  isWaiting: boolean;
  key: string;
  press: () => void;
}

type Faces = { till: Till; state: TillState; sale: PricedSale; say: Say; amountText: (amount: number) => string };

function payFace({ till, state, sale, say, amountText }: Faces): Face {
  const why = whyNotPay(state, sale);
  const label = sale.lines.length === 0 ? say('pay_empty') : say('pay', { amount: amountText(sale.rest) });
  // Beside the sale F9 may be the screen's own.
  const key = isSide(state.screen) ? '' : 'F9';
  return { label, note: why ? say(why) : '', isWaiting: why !== null, key, press: till.tender.pay };
}

function takeFace({ till, state, sale, say, amountText }: Faces): Face {
  const why = whyNotTake(state, sale);
  const given = amountGiven(state.given, sale.currency);
  const change = given - sale.cashDue;
  const again = state.payment.state === 'absent' && !why;
  const note = why ? say(why) : change > 0 ? say('give_back', { amount: amountText(change) }) : say('no_change');
  const label = again ? say('try_again') : say('take_cash', { amount: why === 'enter_given' ? '' : amountText(given) }).trim();
  return { label, note, isWaiting: why !== null, key: 'Enter', press: till.tender.takeCash };
}

function chooseFace({ state, sale, say, amountText }: Faces): Face {
  const why = isPending(state.payment) ? 'saving' : (whyNotPay(state, sale) ?? 'tender_choose');
  return { label: say('pay', { amount: amountText(sale.rest) }), note: say(why), isWaiting: true, key: '', press: () => {} };
}

function chargeFace({ till, state, sale, say, amountText }: Faces): Face {
  const why = whyNotCharge(state, sale);
  const amount = state.charge ? amountGiven(state.charge.typed, sale.currency) : 0;
  const label = say(state.charge?.method === 'qris' ? 'charge_qris' : 'charge_card', { amount: amountText(amount) });
  return { label, note: why ? say(why) : '', isWaiting: why !== null, key: 'F9', press: till.tender.takeCharge };
}

const faceOf = (faces: Faces): Face => {
  const { state, till, say } = faces;
  if (state.screen === 'done')
    return { label: say('next_sale'), note: '', isWaiting: false, key: 'Enter', press: till.done.next };
  if (state.screen === 'tender') return chooseFace(faces);
  if (state.screen === 'charge') return chargeFace(faces);
  return state.screen === 'cash' ? takeFace(faces) : payFace(faces);
};

export function PayBox() {
  const till = useActions();
  const state = useTill((current) => current);
  const sale = useOpenSale();
  const say = useSay();
  const amountText = useAmountText();
  const { label, note, isWaiting, key, press } = faceOf({ till, state, sale, say, amountText });
  // The second click of a double click was meant for the first screen.
  const onClick = (event: React.MouseEvent) => {
    if (event.detail <= 1 && !isWaiting) press();
  };
  return (
    <button
      id="pay-box"
      type="button"
      className="pay"
      aria-disabled={isWaiting || undefined}
      aria-describedby="pay-note"
      aria-keyshortcuts={key || undefined}
      onClick={onClick}
    >
      {key !== '' && <kbd>{key}</kbd>}
      <span className="pay-label">
        {label}
        <span id="pay-note" className="pay-note">
          {note}
        </span>
      </span>
    </button>
  );
}
