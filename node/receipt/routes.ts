// Receipts over HTTP at the store: as blocks, as a PDF, and the picture at their head.

import type { FastifyReply } from 'fastify';
import { ANSWERED, type Handlers } from '#schema/mount';
import type { StoreLanguage } from '#schema/rules/settings';
import { ok, type Result, refuse } from '#schema/values/result';
import { MAX_LOGO_BYTES, type ReceiptBlock, type receiptContract } from '#schema/wire/receipt';
import type { Caller } from '../base/caller.ts';
import type { StoreReplica } from '../replica/store.ts';
import type { ReturnQueries } from '../return/queries.ts';
import type { SaleQueries } from '../sale/queries.ts';
import type { Documents } from './documents.ts';
import type { Logo } from './logo.ts';
import { sendPdf } from './send-pdf.ts';

export interface ReceiptContext {
  stores: StoreReplica;
  sales: SaleQueries;
  returns: ReturnQueries;
  documents: Documents;
  logo: Logo;
}

/** Something that has a receipt, as its own records tell. */
interface Subject {
  id: string;
  receipt: string;
  occurredAt: string;
  blocks(language: StoreLanguage): ReceiptBlock[];
}

export function receiptRoutes(context: ReceiptContext): Handlers<typeof receiptContract, Caller> {
  const { stores, sales, returns, documents, logo } = context;
  const notReady = () => refuse('not-ready', 'This store box has not received its store yet.');
  const copy = false;

  function sale(id: string): Result<Subject, 'not-ready' | 'unknown-sale'> {
    if (!stores.current()) return notReady();
    if (sales.intent(id) === undefined) return refuse('unknown-sale', 'There is no such sale in this store.', { field: 'id' });
    return ok({ ...sales.show(id), blocks: (language) => documents.receipt(id, { language, copy }) });
  }

  function taken(id: string): Result<Subject, 'not-ready' | 'unknown-return'> {
    if (!stores.current()) return notReady();
    const found = returns.show(id);
    if (!found) return refuse('unknown-return', 'There is no such return in this store.', { field: 'id' });
    return ok({ ...found, blocks: (language) => documents.returned(id, { language, copy }) });
  }

  function show<Code extends string>(subject: Result<Subject, Code>, wanted: StoreLanguage | undefined) {
    if (!subject.ok) return subject;
    const language = wanted ?? documents.language();
    return ok({ subjectId: subject.value.id, language, blocks: subject.value.blocks(language) });
  }

  async function pdf<Code extends string>(subject: Result<Subject, Code>, reply: FastifyReply, wanted?: StoreLanguage) {
    if (!subject.ok) return subject;
    const language = wanted ?? documents.language();
    const { receipt, occurredAt, blocks } = subject.value;
    const at = new Date(occurredAt);
    return sendPdf(reply, { blocks: blocks(language), title: receipt, language, at, logo: logo.png() });
  }

  return {
    show: ({ params, query }) => show(sale(params.id), query.language),
    pdf: ({ params, query, reply }) => pdf(sale(params.id), reply, query.language),
    showReturn: ({ params, query }) => show(taken(params.id), query.language),
    pdfReturn: ({ params, query, reply }) => pdf(taken(params.id), reply, query.language),
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
