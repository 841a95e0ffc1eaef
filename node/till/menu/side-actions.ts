// Screens beside the sale: opening one, and what it takes for itself while it is open: scans, and the key of its main button.
import { nothingGiven } from '../tender/given.ts';
import { isPending } from '../tender/payment.ts';
import { change, type TillParts } from '../till-parts.ts';
import type { SideScreen } from '../till-state.ts';

export type News = 'voucher' | 'printer' | 'print-job' | 'device' | 'stock';

export interface SideHandlers {
  /** A screen without it leaves scans to the sale. */
  scan?: (code: string) => unknown;
  /** Something changed at the node that the screen may show. */
  news?: (what: News) => void;
  /** F9. A screen without it leaves the key to Pay. */
  main?: () => void;
}

export interface SideActions {
  /** Opens a screen beside the sale, or leads back to it. The open sale waits unchanged; while its answer is out nothing opens. */
  open(screen: SideScreen | 'sell'): void;
  /** The open screen says what it takes; the returned function ends it. */
  take(handlers: SideHandlers): () => void;
  /** Whether the open screen took the scan. */
  scanned(code: string): boolean;
  news(what: News): void;
  /** Whether the open screen took the key. */
  main(): boolean;
}

export function sideActions(parts: TillParts): SideActions {
  let taken: SideHandlers = {};
  return {
    open(screen) {
      if (isPending(parts.state.get().payment)) return;
      change(parts, {
        screen,
        sheet: null,
        saleOpen: false,
        notice: null,
        entry: '',
        given: nothingGiven,
        charge: null,
        done: null,
      });
    },
    take(handlers) {
      taken = handlers;
      return () => {
        if (taken === handlers) taken = {};
      };
    },
    scanned(code) {
      taken.scan?.(code);
      return taken.scan !== undefined;
    },
    news: (what) => taken.news?.(what),
    main() {
      taken.main?.();
      return taken.main !== undefined;
    },
  };
}
