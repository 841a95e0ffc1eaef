// The header: which till this is, the way to find an item or the way back, and the menu.
import { SearchBox } from '../catalogue/search-box.tsx';
import { Icon } from '../look/icon.tsx';
import { sideScreens } from '../menu/side-screens.ts';
import { methodsOf } from '../tender/charge.ts';
import { isSide } from '../till-state.ts';
import { useActions, useSay, useTill } from './till-context.tsx';

function Middle() {
  const { tender, side } = useActions();
  const screen = useTill((state) => state.screen);
  const isPending = useTill((state) => state.payment.state === 'sending' || state.payment.state === 'checking');
  const charge = useTill((state) => state.charge);
  const toTender = useTill(
    (state) => state.screen !== 'tender' && (methodsOf(state.session).length > 1 || state.charges.length > 0),
  );
  const receipt = useTill((state) => state.done?.sale.receipt);
  const say = useSay();
  if (screen === 'sell') return <SearchBox />;
  if (screen === 'done')
    return (
      <h1 className="header-title">
        <Icon name="ok" /> {say('paid')} <span className="meta">{say('receipt_no', { no: receipt ?? '' })}</span>
      </h1>
    );
  if (isSide(screen))
    return (
      <>
        <button type="button" className="quiet" onClick={() => side.open('sell')}>
          <Icon name="back" /> {say('back_sell')} <kbd>Esc</kbd>
        </button>
        <h1 id="screen-heading" tabIndex={-1} className="header-title">
          {say(sideScreens[screen].word)}
        </h1>
      </>
    );
  return (
    <>
      <button type="button" className="quiet" onClick={tender.back} aria-disabled={isPending || undefined}>
        <Icon name="back" /> {say(toTender ? 'tender_back' : 'back_sell')} <kbd>Esc</kbd>
      </button>
      <h1 className="header-title">{say(screen === 'tender' ? 'tender' : charge ? `method_${charge.method}` : 'cash')}</h1>
    </>
  );
}

/** Who sells; pressing it leaves the till to the next. */
function Seller() {
  const { signIn } = useActions();
  const name = useTill((state) => state.session?.person?.name);
  const say = useSay();
  if (name === undefined) return null;
  return (
    <button type="button" className="quiet seller" aria-label={say('lock_name', { name })} onClick={signIn.lock}>
      <Icon name="lock" /> <span className="wide">{name}</span>
    </button>
  );
}

export function TillHeader() {
  const till = useActions();
  const session = useTill((state) => state.session);
  const sheet = useTill((state) => state.sheet);
  const say = useSay();
  return (
    <header className="header">
      <div className="place">
        <strong>{session?.till.name ?? 'Lapak'}</strong>
        <span className="meta">{session?.store.name ?? ''}</span>
      </div>
      <div className="header-middle">
        <Middle />
      </div>
      <Seller />
      <button
        type="button"
        className="quiet"
        aria-expanded={sheet === 'menu'}
        onClick={() => till.openSheet(sheet === 'menu' ? null : 'menu')}
      >
        <Icon name="menu" /> <span className="wide">{say('menu')}</span>
        <span className="unseen narrow-only">{say('menu')}</span> <kbd>F10</kbd>
      </button>
    </header>
  );
}
