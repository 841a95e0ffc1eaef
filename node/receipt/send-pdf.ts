// Answers a paper as a PDF, named after what it tells of.
import type { FastifyReply } from 'fastify';
import { ANSWERED } from '#schema/mount';
import { type PdfParts, receiptPdf } from './pdf.ts';

export async function sendPdf(reply: FastifyReply, parts: PdfParts): Promise<typeof ANSWERED> {
  const file = await receiptPdf(parts);
  reply
    .type('application/pdf')
    .header('content-disposition', `inline; filename="${parts.title}.pdf"`)
    .header('cache-control', 'no-store')
    .send(file);
  return ANSWERED;
}
