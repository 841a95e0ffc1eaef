// Vouchers over HTTP at the store: parse, call, answer.
import { ANSWERED, type Handlers } from '#schema/mount';
import { ok, refuse } from '#schema/values/result';
import { limitOf } from '#schema/wire/parts';
import type { voucherContract } from '#schema/wire/voucher';
import { atTill, type Caller } from '../base/caller.ts';
import { pageOf, readCursor } from '../base/cursor.ts';
import type { Journal } from '../journal/commit.ts';
import { cancelVoucher, type DispenseContext, generateVouchers, validateVoucher } from './commands.ts';
import { imageTypes, voucherImage } from './image.ts';

const unknown = () => refuse('unknown-voucher', 'There is no such voucher in this store.', { field: 'id' });

export function voucherRoutes(
  journal: Journal,
  now: () => number,
  context: DispenseContext,
): Handlers<typeof voucherContract, Caller> {
  const { vouchers } = context;
  return {
    generate: ({ body, caller }) => journal.write((commit) => generateVouchers(commit, body, atTill(caller).person, context)),
    validate: ({ body }) => validateVoucher(body, now(), journal.head().generation, context),
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
    cancel: ({ params, caller }) => journal.write((commit) => cancelVoucher(commit, params.id, atTill(caller).person, context)),
    show: ({ params }) => {
      const row = vouchers.row(params.id);
      return row ? ok(vouchers.view(row)) : unknown();
    },
    image: async ({ params, query, reply }) => {
      const row = vouchers.row(params.id);
      const code = row && vouchers.view(row).code;
      if (!code) return unknown();
      const format = query.format ?? 'svg';
      await reply
        .type(imageTypes[format])
        .header('cache-control', 'private, no-store')
        .send(await voucherImage(code, format));
      return ANSWERED;
    },
  };
}
