// Every screen beside the sale: its name and where its code lies. A screen is its line here, its name in `SideScreen` (till-state.ts) and
// its words; the menu shows them in this order, and digits pick them. Their code is loaded while nobody waits, so that they open without
// a node as well.
import type { SideScreen } from '../till-state.ts';
import type { WordKey } from '../words/words.ts';

export type SideView = () => React.JSX.Element | null;

export interface SideEntry {
  word: WordKey;
  load: () => Promise<SideView>;
}

export const sideScreens: Record<SideScreen, SideEntry> = {
  held: { word: 'held', load: () => import('../held/held-screen.tsx').then((it) => it.HeldScreen) },
  returns: { word: 'returns', load: () => import('../returns/return-screen.tsx').then((it) => it.ReturnScreen) },
  details: { word: 'details', load: () => import('../details/details-screen.tsx').then((it) => it.DetailsScreen) },
  receipts: { word: 'receipts', load: () => import('../receipts/receipts-screen.tsx').then((it) => it.ReceiptsScreen) },
  shift: { word: 'shift', load: () => import('../shift/shift-screen.tsx').then((it) => it.ShiftScreen) },
  count: { word: 'count', load: () => import('../count/count-screen.tsx').then((it) => it.CountScreen) },
  goods: { word: 'goods', load: () => import('../goods/goods-screen.tsx').then((it) => it.GoodsScreen) },
  stock: { word: 'stock', load: () => import('../stock/stock-screen.tsx').then((it) => it.StockScreen) },
  reports: { word: 'reports', load: () => import('../report/report-screen.tsx').then((it) => it.ReportScreen) },
  devices: { word: 'devices', load: () => import('../devices/devices-screen.tsx').then((it) => it.DevicesScreen) },
  settings: { word: 'settings', load: () => import('../settings/settings-screen.tsx').then((it) => it.SettingsScreen) },
};

export interface SideViews {
  /** What is here already. */
  get(screen: SideScreen): SideView | undefined;
  load(screen: SideScreen): Promise<SideView>;
  /** One after the other; the first that fails ends it, for then the node is gone. Whether all are here. */
  loadAll(): Promise<boolean>;
}

export function sideViews(entries: Record<string, SideEntry> = sideScreens): SideViews {
  const views = new Map<string, SideView>();
  const load = async (screen: string): Promise<SideView> => {
    const view = views.get(screen) ?? (await (entries[screen] as SideEntry).load());
    views.set(screen, view);
    return view;
  };
  return {
    get: (screen) => views.get(screen),
    load,
    async loadAll() {
      try {
        for (const screen of Object.keys(entries)) await load(screen);
        return true;
      } catch {
        return false;
      }
    },
  };
}
