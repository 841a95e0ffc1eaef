// Vouchers over HTTP at the store: parse, call, answer.
import type { FastifyReply } from 'fastify';
import { ANSWERED, type Handlers } from '#schema/mount';
import { ok, refuse } from '#schema/values/result';
import { isoTime } from '#schema/values/time';
import { limitOf } from '#schema/wire/parts';
import type { voucherContract } from '#schema/wire/voucher';
import { atTill, type Caller } from '../base/caller.ts';
import { pageOf, readCursor } from '../base/cursor.ts';
import type { Journal } from '../journal/commit.ts';
import type { StoreReplica } from '../replica/store.ts';
import type { Approvals } from '../staff/approval.ts';
import type { VoucherCases } from './cases.ts';
import { type Clearing, riskOf } from './clearing.ts';
import { type ClearingContext, cancelVoucher, validateVoucher } from './commands.ts';
import { type ImageFormat, imageTypes, voucherImage } from './image.ts';
import type { VoucherLinks } from './link.ts';
import { generateVouchers, renewVoucher } from './owed.ts';
import { pauseDispenser } from './pause.ts';
import { resolveVoucher } from './resolve.ts';

const unknown = () => refuse('unknown-voucher', 'There is no such voucher in this store.', { field: 'id' });

const notReady = () =>
  refuse('not-ready', 'This store box has not received its store yet.', { next: 'Connect it to the centre once.' });

/** A code is a key to goods: nothing on the way keeps it. */
async function sendImage(reply: FastifyReply, code: string, format: ImageFormat): Promise<typeof ANSWERED> {
  const image = await voucherImage(code, format);
  await reply
    .type(imageTypes[format])
    .header('cache-control', 'private, no-store')
    .header('referrer-policy', 'no-referrer')
    .send(image);
  return ANSWERED;
}

interface RouteContext extends ClearingContext {
  stores: StoreReplica;
  approvals: Approvals;
  cases: VoucherCases;
  links: VoucherLinks;
  /** Under which other machines reach this node. */
  addresses: () => readonly string[];
}

export function voucherRoutes(
  journal: Journal,
  now: () => number,
  context: RouteContext,
): Handlers<typeof voucherContract, Caller> {
  const { vouchers, cases, links, clearer, stores, approvals } = context;

  /** How whoever calls may clear vouchers; undefined before the store is known. */
  function clearingFor(caller: Caller, accepts: { approvalId?: string } | undefined) {
    const settings = stores.current()?.settings;
    const seller = atTill(caller);
    const staff = seller.person?.id ?? null;
    const risk = settings && riskOf({ approvals, accepts, seller, settings });
    return risk && ((answers: Clearing['answers']): Clearing => ({ answers, staff, risk }));
  }

  return {
    generate({ body: { acceptRisk, ...line }, caller }) {
      const clearing = clearingFor(caller, acceptRisk);
      if (!clearing) return notReady();
      return clearer.write((answers) => (commit) => generateVouchers(commit, line, context, clearing(answers)));
    },
    validate({ body }) {
      const valid = validateVoucher(body, now(), journal.head().generation, context);
      if (!valid.ok) context.voucherRefusals.count(valid.code);
      return valid;
    },
    list: ({ query }) => {
      const cursor = readCursor(query.after, 2);
      if (!cursor.ok) return cursor;
      const [expiresAt, id] = cursor.value;
      const limit = limitOf(query);
      const after = id === undefined ? undefined : { expiresAt: Number(expiresAt), id };
      const rows = vouchers.list(query.state ?? 'open', after, limit + 1);
      const page = pageOf(rows, limit, (row) => [String(row.expiresAt), row.id]);
      return ok({ ...page, items: page.items.map(vouchers.listed) });
    },
    cancel({ params, caller }) {
      const staff = atTill(caller).person?.id ?? null;
      return clearer.write((answers) => (commit) => cancelVoucher(commit, params.id, context, { answers, staff }));
    },
    cases({ query }) {
      const cursor = readCursor(query.after, 2);
      if (!cursor.ok) return cursor;
      const [expiresAt, id] = cursor.value;
      const limit = limitOf(query);
      const rows = cases.list(id === undefined ? undefined : { expiresAt: Number(expiresAt), id }, limit + 1);
      const page = pageOf(rows, limit, (row) => [String(row.expiresAt), row.id]);
      return ok({ ...page, items: page.items.map(cases.view) });
    },
    again({ params, body, caller }) {
      const clearing = clearingFor(caller, body.acceptRisk);
      if (!clearing) return notReady();
      return clearer.write((answers) => (commit) => renewVoucher(commit, params.id, context, clearing(answers)));
    },
    resolve: ({ params, body, caller }) =>
      journal.write((commit) => resolveVoucher(commit, { ...body, id: params.id }, atTill(caller), context)),
    show: ({ params }) => {
      const row = vouchers.row(params.id);
      return row ? ok(vouchers.view(row)) : unknown();
    },
    image: ({ params, query, reply }) => {
      const row = vouchers.row(params.id);
      const code = row && vouchers.view(row).code;
      return code ? sendImage(reply, code, query.format ?? 'svg') : unknown();
    },
    pause: ({ params, body, caller }) => {
      const staff = atTill(caller).person?.id ?? null;
      return journal.write((commit) => pauseDispenser(commit, { dispenserId: params.id, paused: body.paused }, staff, context));
    },
    link({ params }) {
      // A phone does not know the store's own authority: without TLS it opens the link at once.
      const address = context.addresses().find((one) => one.startsWith('http://')) ?? context.addresses()[0];
      if (address === undefined)
        return refuse('no-lan', 'No other machine reaches this store box.', {
          next: 'Start it with --lan, or print the voucher.',
        });
      const link = links.tokenOf(params.id, now());
      if (!link.ok) return link;
      return ok({ url: `${address}/v/${link.value.token}`, expiresAt: isoTime(link.value.expiresAt) });
    },
    open({ params, query, reply }) {
      const code = links.codeOf(params.token, now());
      return code.ok ? sendImage(reply, code.value, query.format ?? 'png') : code;
    },
  };
}
