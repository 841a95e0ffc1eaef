// Receipts of before: the list of the store, one of them as blocks, and as a file that can be sent.
import type { Receipt } from '#schema/wire/receipt';
import type { SaleSummary } from '#schema/wire/sale';
import { isRefusal, refusalCode } from '../node-link/calls.ts';
import { noticeOf, type TillParts, warn } from '../till-parts.ts';

export interface ReceiptActions {
  /** Newest first; null while the node is gone. */
  list(): Promise<ListedReceipt[] | null>;
  /** However old it is; null where this store has no such number, which is said. */
  find(receipt: string): Promise<ListedReceipt | null>;
  show(saleId: string): Promise<Receipt | null>;
  /** As a PDF: shared where the machine can, else saved. */
  send(saleId: string, receipt: string): Promise<void>;
}

export type ListedReceipt = Pick<SaleSummary, 'id' | 'receipt' | 'businessDate' | 'occurredAt'> & { total: number };

const MOST = '60';

export function receiptActions(parts: TillParts): ReceiptActions {
  const { calls, giveFile } = parts;
  const fail = (error: unknown) => {
    const what = isRefusal(error) ? noticeOf('fault', 'said', { what: error.problem.detail }) : noticeOf('warn', 'receipts_wait');
    warn(parts, what);
    return null;
  };
  return {
    list: () =>
      calls.sale
        .list({ query: { limit: MOST } })
        .then(({ items }) => items.map(({ due, ...sale }) => ({ ...sale, total: due })), fail),
    async find(receipt) {
      try {
        const { saleId: id, ...sale } = await calls.return.find({ params: { receipt } });
        return { ...sale, id };
      } catch (error) {
        if (refusalCode(error) !== 'unknown-receipt') return fail(error);
        warn(parts, noticeOf('warn', 'receipts_unknown', { no: receipt }));
        return null;
      }
    },
    show: (id) => calls.receipt.show({ params: { id } }).catch(fail),
    async send(id, receipt) {
      try {
        await giveFile(await calls.receiptPdf(id), `${receipt}.pdf`);
      } catch (error) {
        fail(error);
      }
    },
  };
}
