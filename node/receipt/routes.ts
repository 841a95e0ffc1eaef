// Receipts over HTTP at the store: as blocks, as a PDF, and the picture at their head.

import { ANSWERED, type Handlers } from '#schema/mount';
import type { StoreLanguage } from '#schema/rules/settings';
import { ok, type Refusal, refuse } from '#schema/values/result';
import { MAX_LOGO_BYTES, type receiptContract } from '#schema/wire/receipt';
import type { Caller } from '../base/caller.ts';
import type { StoreReplica } from '../replica/store.ts';
import type { SaleQueries } from '../sale/queries.ts';
import type { Documents } from './documents.ts';
import type { Logo } from './logo.ts';
import { receiptPdf } from './pdf.ts';

export interface ReceiptContext {
  stores: StoreReplica;
  sales: SaleQueries;
  documents: Documents;
  logo: Logo;
}

export function receiptRoutes({ stores, sales, documents, logo }: ReceiptContext): Handlers<typeof receiptContract, Caller> {
  function missing(saleId: string): Refusal<'not-ready' | 'unknown-sale'> | undefined {
    if (!stores.current()) return refuse('not-ready', 'This store box has not received its store yet.');
    if (sales.intent(saleId) === undefined)
      return refuse('unknown-sale', 'There is no such sale in this store.', { field: 'id' });
    return undefined;
  }

  const blocksOf = (saleId: string, language: StoreLanguage) => documents.receipt(saleId, { language, copy: false });

  return {
    show: ({ params, query }) => {
      const refusal = missing(params.id);
      if (refusal) return refusal;
      const language = query.language ?? documents.language();
      return ok({ saleId: params.id, language, blocks: blocksOf(params.id, language) });
    },
    pdf: async ({ params, query, reply }) => {
      const refusal = missing(params.id);
      if (refusal) return refusal;
      const language = query.language ?? documents.language();
      const { receipt, occurredAt } = sales.show(params.id);
      const blocks = blocksOf(params.id, language);
      const pdf = await receiptPdf({ blocks, title: receipt, language, at: new Date(occurredAt), logo: logo.png() });
      reply
        .type('application/pdf')
        .header('content-disposition', `inline; filename="${receipt}.pdf"`)
        .header('cache-control', 'no-store')
        .send(pdf);
      return ANSWERED;
    },
    logo: ({ reply }) => {
      const png = logo.png();
      if (!png) return refuse('no-logo', 'This store prints no picture at the head of its receipts.');
      reply.type('image/png').header('cache-control', 'no-cache').send(Buffer.from(png));
      return ANSWERED;
    },
    setLogo: ({ body }) => {
      const png = Buffer.from(body.png, 'base64');
      const size = png.length <= MAX_LOGO_BYTES ? logo.set(png) : undefined;
      return size
        ? ok(size)
        : refuse('bad-logo', `That is no PNG of at most ${MAX_LOGO_BYTES / 1_000} kB.`, {
            field: 'png',
            next: 'Send a PNG, black on white or transparent, about 400 dots wide.',
          });
    },
    removeLogo: () => ok({ removed: logo.remove() }),
  };
}
