// Every kind of fact there is, by name: whoever reads a journal looks here first.
import { customerAdded } from './customer-added.ts';
import { customerErased } from './customer-erased.ts';
import { dayClosed } from './day-closed.ts';
import { deviceAlerted } from './device-alerted.ts';
import { deviceAnswered } from './device-answered.ts';
import { deviceChanged } from './device-changed.ts';
import { directiveAnswered } from './directive-answered.ts';
import { dispenseFinished } from './dispense-finished.ts';
import { dispenseUnmatched } from './dispense-unmatched.ts';
import { dispenserPaused } from './dispenser-paused.ts';
import { drawerMoved } from './drawer-moved.ts';
import type { FactKind } from './fact.ts';
import { goodsReceived } from './goods-received.ts';
import { goodsTransferred } from './goods-transferred.ts';
import { goodsWasted } from './goods-wasted.ts';
import { issueSet } from './issue-set.ts';
import { saleClosed } from './sale-closed.ts';
import { saleReturned } from './sale-returned.ts';
import { saleVoided } from './sale-voided.ts';
import { shiftClosed } from './shift-closed.ts';
import { shiftCounted } from './shift-counted.ts';
import { shiftOpened } from './shift-opened.ts';
import { stockCounted } from './stock-counted.ts';
import { stockMoved } from './stock-moved.ts';
import { stockReleased } from './stock-released.ts';
import { stockReserved } from './stock-reserved.ts';
import { tagsRead } from './tags-read.ts';
import { telemetrySummed } from './telemetry-summed.ts';
import { voucherCleared } from './voucher-cleared.ts';
import { voucherClosed } from './voucher-closed.ts';
import { voucherIssued } from './voucher-issued.ts';
import { voucherResolved } from './voucher-resolved.ts';

export const factKinds: ReadonlyMap<string, FactKind> = new Map(
  [
    saleClosed,
    saleReturned,
    saleVoided,
    shiftOpened,
    drawerMoved,
    shiftCounted,
    shiftClosed,
    dayClosed,
    stockMoved,
    goodsReceived,
    goodsTransferred,
    goodsWasted,
    stockCounted,
    stockReserved,
    stockReleased,
    tagsRead,
    issueSet,
    voucherIssued,
    voucherClosed,
    voucherCleared,
    voucherResolved,
    dispenseFinished,
    dispenseUnmatched,
    dispenserPaused,
    customerAdded,
    customerErased,
    deviceChanged,
    deviceAnswered,
    deviceAlerted,
    telemetrySummed,
    directiveAnswered,
  ].map((kind) => [kind.kind, kind as unknown as FactKind]),
);
