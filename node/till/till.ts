// Puts the till together: state, actions, the link to the node and the keeping of the open sale. The one place where its parts meet.
import { type AgeActions, ageActions } from './age/age-actions.ts';
import { type ApprovalActions, approvalActions } from './approval/approval-actions.ts';
import { createStateStore } from './base/state-store.ts';
import { type CatalogueActions, catalogueActions } from './catalogue/catalogue-actions.ts';
import { type SearchActions, searchActions } from './catalogue/search-actions.ts';
import { type DiscountActions, discountActions } from './discount/discount-actions.ts';
import { type DoneActions, doneActions } from './done/done-actions.ts';
import { type MenuActions, menuActions } from './menu/menu-actions.ts';
import { type SideActions, sideActions } from './menu/side-actions.ts';
import { type LinkActions, linkActions } from './node-link/link-actions.ts';
import { type SaleActions, saleActions } from './sale/sale-actions.ts';
import { type ScanActions, scanActions } from './scanner/scan-actions.ts';
import { type SignInActions, signInActions } from './sign-in/sign-in-actions.ts';
import { closing } from './tender/closing.ts';
import { wakePayment } from './tender/payment.ts';
import { type TenderActions, tenderActions } from './tender/tender-actions.ts';
import { change, type TillParts } from './till-parts.ts';
import { asksWho, firstState, type Sheet, type TillState } from './till-state.ts';
import type { Language } from './words/words.ts';

export interface Till {
  state: TillParts['state'];
  link: LinkActions;
  signIn: SignInActions;
  catalogue: CatalogueActions;
  search: SearchActions;
  sale: SaleActions;
  discount: DiscountActions;
  age: AgeActions;
  approval: ApprovalActions;
  tender: TenderActions;
  done: DoneActions;
  scan: ScanActions;
  side: SideActions;
  menu: MenuActions;
  /** The PIN that was typed, for whatever it was asked. */
  submitProof(): void;
  openSheet(sheet: Sheet | null): void;
  showSale(open: boolean): void;
  dismissNotice(): void;
  setLanguage(language: Language): void;
  setOneKeyShortcuts(on: boolean): void;
  start(): Promise<void>;
}

export type TillNeeds = Omit<TillParts, 'state'> & { browserLanguage: Language };

export function createTill({ browserLanguage, ...needs }: TillNeeds): Till {
  const { preferences, drafts } = needs;
  const state = createStateStore<TillState>(firstState(preferences.language() ?? browserLanguage, preferences.oneKeyShortcuts()));
  const parts: TillParts = { ...needs, state };

  const keepDraft = () => {
    const { cart, payment, charges } = state.get();
    return drafts.save({ cart, payment, charges });
  };

  const signIn = signInActions(parts);
  const catalogue = catalogueActions(parts);
  const sale = saleActions(parts);
  const done = doneActions(parts);
  const discount = discountActions(parts, sale);
  const age = ageActions(parts, sale);
  const approval = approvalActions(parts);
  const { close, checkSaved } = closing(parts, {
    refreshPrices: (ids) => catalogue.refetch(ids),
    keepDraft,
    signedOut: signIn.forgotten,
    askApproval: approval.ask,
    askAge: (then) => void age.passes(then),
  });
  const tender = tenderActions(parts, { close, passesAge: age.passes });
  const side = sideActions(parts);
  const scan = scanActions(parts, {
    add: sale.add,
    toSide: side.scanned,
    askVoucher: (code) => void done.askVoucher(code),
    badge: (code) => (asksWho(state.get()) ? signIn.badge(code) : approval.badge(code)),
  });
  const link = linkActions(parts, {
    refresh: () => void catalogue.reload(),
    onSession: () => void signIn.refresh(),
    onCatalogue: (ids) => void catalogue.refetch(ids),
    onStock: catalogue.setLevels,
    onVoucher: ({ id, state: voucherState }) => done.setVoucherState(id, voucherState),
  });

  const keepChanges = () => {
    let kept = state.get();
    state.subscribe(() => {
      const now = state.get();
      if (now.cart !== kept.cart || now.payment !== kept.payment || now.charges !== kept.charges) void keepDraft();
      kept = now;
    });
  };

  return {
    state,
    link,
    signIn,
    catalogue,
    search: searchActions(parts),
    sale,
    discount,
    age,
    approval,
    tender,
    done,
    scan,
    side,
    menu: menuActions(parts.clock),
    submitProof: () => (asksWho(state.get()) ? signIn.submit() : approval.submit()),
    openSheet: (sheet) => change(parts, { sheet, entry: '' }),
    showSale: (saleOpen) => change(parts, { saleOpen }),
    dismissNotice: () => change(parts, { notice: null }),
    setLanguage(language) {
      preferences.keepLanguage(language);
      change(parts, { language });
    },
    setOneKeyShortcuts(oneKeyShortcuts) {
      preferences.keepOneKeyShortcuts(oneKeyShortcuts);
      change(parts, { oneKeyShortcuts });
    },
    async start() {
      const draft = await drafts.load();
      if (draft) change(parts, { cart: draft.cart, payment: wakePayment(draft.payment), charges: draft.charges });
      keepChanges();
      checkSaved();
      link.start();
    },
  };
}
