// The page: header, state line, work on the left, the sale on the right, Pay in its corner. Only the work changes with the screen.
import { useEffect, useRef } from 'react';
import { AgeSheet } from './age/age-sheet.tsx';
import { ApprovalSheet } from './approval/approval-sheet.tsx';
import { TillContext, useTill } from './base/till-context.tsx';
import { TillHeader } from './base/till-header.tsx';
import { DiscountSheet } from './discount/discount-sheet.tsx';
import { DoneScreen } from './done/done-screen.tsx';
import { Receipt } from './done/receipt.tsx';
import { KeySheet } from './keys/key-sheet.tsx';
import { MenuSheet } from './menu/menu-sheet.tsx';
import type { SideViews } from './menu/side-screens.ts';
import { SideView } from './menu/side-view.tsx';
import { LiveRegions } from './node-link/live-regions.tsx';
import { StateLine } from './node-link/state-line-view.tsx';
import { PairingView } from './pairing/pairing-view.tsx';
import { ActionRow } from './sale/action-row.tsx';
import { NoticeStrip } from './sale/notice-strip.tsx';
import { QuantitySheet } from './sale/quantity-sheet.tsx';
import { SaleColumn } from './sale/sale-column.tsx';
import { SellScreen } from './sale/sell-screen.tsx';
import { SignInView } from './sign-in/sign-in-view.tsx';
import { CashScreen } from './tender/cash-screen.tsx';
import { ChargeScreen } from './tender/charge-screen.tsx';
import { PayBox } from './tender/pay-box.tsx';
import { TenderScreen } from './tender/tender-screen.tsx';
import type { Till } from './till.ts';
import { asksWho, isSide, type Screen, type Sheet } from './till-state.ts';

const sheets: Record<Sheet, () => React.JSX.Element | null> = {
  approval: ApprovalSheet,
  age: AgeSheet,
  discount: DiscountSheet,
  keys: KeySheet,
  menu: MenuSheet,
  quantity: QuantitySheet,
};

/** Where the keys go when the screen changes: to the main button once money is concerned, else to the heading of screen or sale. */
function useScreenFocus(screen: Screen): void {
  const before = useRef<Screen>('sell');
  useEffect(() => {
    if (before.current === screen) return;
    before.current = screen;
    const place = screen === 'sell' ? 'sale-heading' : isSide(screen) ? 'screen-heading' : 'pay-box';
    document.getElementById(place)?.focus({ preventScroll: true });
  }, [screen]);
}

function Frame({ sides }: { sides: SideViews }) {
  const screen = useTill((state) => state.screen);
  const sheet = useTill((state) => state.sheet);
  const saleOpen = useTill((state) => state.saleOpen);
  useScreenFocus(screen);
  const SheetView = sheet && sheets[sheet];
  return (
    <div className="till" data-screen={screen} data-sale={saleOpen ? 'open' : 'closed'}>
      <StateLine />
      <TillHeader />
      <main className="work">
        <SellScreen hidden={screen !== 'sell'} />
        {screen === 'tender' && <TenderScreen />}
        {screen === 'charge' && <ChargeScreen />}
        {screen === 'cash' && <CashScreen />}
        {screen === 'done' && <DoneScreen />}
        {isSide(screen) && <SideView key={screen} screen={screen} views={sides} />}
        {SheetView && <SheetView />}
      </main>
      <aside className="sale">{screen === 'done' ? <Receipt /> : <SaleColumn />}</aside>
      <NoticeStrip />
      <ActionRow />
      <PayBox />
    </div>
  );
}

function Page({ sides }: { sides: SideViews }) {
  const phase = useTill((state) => state.phase);
  const asks = useTill(asksWho);
  const language = useTill((state) => state.language);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <>
      {phase === 'pairing' ? <PairingView /> : asks ? <SignInView /> : <Frame sides={sides} />}
      <LiveRegions />
      {/* Where a keyboard hides its keys from scripts, a scanner's characters arrive here. */}
      <input className="sink" data-scan-sink="" inputMode="none" tabIndex={-1} aria-hidden="true" autoComplete="off" />
    </>
  );
}

export const TillView = ({ till, sides }: { till: Till; sides: SideViews }) => (
  <TillContext value={till}>
    <Page sides={sides} />
  </TillContext>
);
