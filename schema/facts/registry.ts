// Every kind of fact there is, by name: whoever reads a journal looks here first.
import { directiveAnswered } from './directive-answered.ts';
import { dispenseFinished } from './dispense-finished.ts';
import type { FactKind } from './fact.ts';
import { saleClosed } from './sale-closed.ts';
import { stockMoved } from './stock-moved.ts';
import { voucherClosed } from './voucher-closed.ts';
import { voucherIssued } from './voucher-issued.ts';

export const factKinds: ReadonlyMap<string, FactKind> = new Map(
  [saleClosed, stockMoved, voucherIssued, voucherClosed, dispenseFinished, directiveAnswered].map((kind) => [
    kind.kind,
    kind as unknown as FactKind,
  ]),
);
