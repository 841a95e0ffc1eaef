// Puts the till together: state, actions, the link to the node and the keeping of the open sale. The one place where its parts meet.
import { type AgeActions, ageActions } from './age/age-actions.ts';
import { type ApprovalActions, approvalActions } from './approval/approval-actions.ts';
import type { TillSettings } from './base/settings.ts';
import { createStateStore } from './base/state-store.ts';
import { type CatalogueActions, catalogueActions } from './catalogue/catalogue-actions.ts';
import { type SearchActions, searchActions } from './catalogue/search-actions.ts';
import { type DetailActions, detailActions } from './details/detail-actions.ts';
import { type DiscountActions, discountActions } from './discount/discount-actions.ts';
import { type DoneActions, doneActions } from './done/done-actions.ts';
import { type DraftSender, draftSender } from './held/draft-sender.ts';
import { type HeldActions, heldActions } from './held/held-actions.ts';
import { type MenuActions, menuActions } from './menu/menu-actions.ts';
import { type SideActions, sideActions } from './menu/side-actions.ts';
import { type LinkActions, type LinkReactions, linkActions } from './node-link/link-actions.ts';
import { type PrintActions, printActions } from './print/print-actions.ts';
import { type ReceiptActions, receiptActions } from './receipts/receipt-actions.ts';
import { type ReturnActions, returnActions } from './returns/return-actions.ts';
import { isBegun } from './sale/cart.ts';
import { type SaleActions, saleActions } from './sale/sale-actions.ts';
import { type ScanActions, scanActions } from './scanner/scan-actions.ts';
import { type SignInActions, signInActions } from './sign-in/sign-in-actions.ts';
import { sayLowStock } from './stock/low-stock.ts';
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
  held: HeldActions;
  details: DetailActions;
  returns: ReturnActions;
  receipts: ReceiptActions;
  print: PrintActions;
  discount: DiscountActions;
  age: AgeActions;
  approval: ApprovalActions;
  tender: TenderActions;
  done: DoneActions;
  scan: ScanActions;
  side: SideActions;
  menu: MenuActions;
  /** For screens beside the sale, whose actions are loaded with them. */
  parts: TillParts;
  /** The PIN that was typed, for whatever it was asked. */
  submitProof(): void;
  openSheet(sheet: Sheet | null): void;
  showSale(open: boolean): void;
  dismissNotice(): void;
  setLanguage(language: Language): void;
  setOneKeyShortcuts(on: boolean): void;
  changeSettings(part: Partial<TillSettings>): void;
  start(): Promise<void>;
}

export type TillNeeds = Omit<TillParts, 'state'> & { browserLanguage: Language };

export function createTill({ browserLanguage, ...needs }: TillNeeds): Till {
  const { preferences, drafts } = needs;
  const state = createStateStore<TillState>({
    ...firstState(preferences.language() ?? browserLanguage, preferences.oneKeyShortcuts()),
    settings: preferences.settings(),
  });
  const beep = () => state.get().settings.sound && needs.beep();
  const parts: TillParts = { ...needs, state, beep };

  const keepDraft = () => saveDraft(parts);
  const signIn = signInActions(parts);
  const catalogue = catalogueActions(parts);
  const sender = draftSender(parts);
  const held = heldActions(parts, sender);
  const sale = saleActions(parts, { undoMove: held.undo, holdPaid: held.holdPaid });
  const print = printActions(parts);
  const done = doneActions(parts, { print: print.print });
  const discount = discountActions(parts, sale);
  const age = ageActions(parts, sale);
  const approval = approvalActions(parts);
  const { close, checkSaved } = closing(parts, {
    refreshPrices: (ids) => catalogue.refetch(ids),
    keepDraft,
    signedOut: signIn.forgotten,
    askApproval: approval.ask,
    askAge: (then) => void age.passes(then),
    openShift: () => side.open('shift'),
  });
  const tender = tenderActions(parts, { close, passesAge: age.passes });
  const side = sideActions(parts);
  const scan = scanActions(parts, {
    add: sale.add,
    addLabel: sale.addLabel,
    toSide: side.scanned,
    askVoucher: (code) => void done.askVoucher(code),
    badge: (code) => (asksWho(state.get()) ? signIn.badge(code) : approval.badge(code)),
  });
  const link = linkActions(parts, linkReactions(parts, { catalogue, sender, signIn, done, print, side }));

  return {
    state,
    link,
    signIn,
    catalogue,
    search: searchActions(parts),
    sale,
    held,
    details: detailActions(parts, { alter: sale.alter, askApproval: approval.ask }),
    returns: returnActions(parts, { askApproval: approval.ask }),
    receipts: receiptActions(parts),
    print,
    discount,
    age,
    approval,
    tender,
    done,
    scan,
    side,
    menu: menuActions(parts.clock),
    parts,
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
    changeSettings(part) {
      const settings = { ...state.get().settings, ...part };
      preferences.keepSettings(settings);
      change(parts, { settings });
      signIn.touched();
    },
    async start() {
      const draft = await drafts.load();
      if (draft) change(parts, { ...draft, payment: wakePayment(draft.payment) });
      keepChanges(parts, keepDraft, sender);
      checkSaved();
      link.start();
    },
  };
}

function saveDraft({ state, drafts }: TillParts): Promise<void> {
  const { cart, draft, payment, charges } = state.get();
  return drafts.save({ cart, draft, payment, charges });
}

/**
 * The open sale is kept in this browser as it changes, and the node hears of it; its id is made with the first thing in it. Where another tab
 * took it over while this one stood still, it goes on there alone.
 */
function keepChanges(parts: TillParts, keepDraft: () => Promise<void>, sender: DraftSender): void {
  const { state, drafts } = parts;
  drafts.onTaken((isSame) => {
    const { draft, session } = state.get();
    if (draft) sender.leave(isSame, session?.till.name ?? '–');
  });
  let kept = state.get();
  state.subscribe(() => {
    const before = kept;
    kept = state.get();
    const { cart, payment, charges, draft } = kept;
    if (cart !== before.cart || payment !== before.payment || charges !== before.charges || draft !== before.draft)
      void keepDraft();
    if (cart !== before.cart || charges !== before.charges) sender.nudge();
    if (draft === null && isBegun(cart))
      change(parts, { draft: { id: parts.makeId(), revision: 0, page: parts.page, name: null } });
  });
}

type Hearers = Pick<Till, 'catalogue' | 'signIn' | 'done' | 'print' | 'side'> & { sender: DraftSender };

/** What follows from what the node says. */
const linkReactions = (parts: TillParts, { catalogue, sender, signIn, done, print, side }: Hearers): LinkReactions => ({
  refresh() {
    void catalogue.reload();
    void sender.refresh().then(sender.send);
  },
  onSession: () => void signIn.refresh(),
  onCatalogue: (ids) => void catalogue.refetch(ids),
  onStock(levels) {
    catalogue.setLevels(levels);
    side.news('stock');
  },
  onVoucher({ id, state: voucherState }) {
    done.setVoucherState(id, voucherState);
    side.news('voucher');
  },
  onDrafts: () => void sender.refresh(),
  onPrinter(printer) {
    print.setPrinter(printer);
    side.news('printer');
  },
  onPrintJob(job) {
    print.setJob(job);
    side.news('print-job');
  },
  onDeviceCommand: () => side.news('device'),
  onLowStock(low) {
    sayLowStock(parts, low);
    side.news('stock');
  },
});
