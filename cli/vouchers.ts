// Vouchers of this machine's store node as people name and read them.
import { voucherMachine } from '#schema/rules/voucher';
import { isId } from '#schema/values/id';
import type { ListedVoucher, Voucher } from '#schema/wire/voucher';
import type { LocalNode } from './connect.ts';
import { pickOne } from './find.ts';
import { pages } from './pages.ts';

/** `Water 1/12`: its dispenser, and its number there. */
export const voucherName = ({ dispenserName, serial }: Pick<Voucher, 'dispenserName' | 'serial'>): string =>
  `${dispenserName}/${serial}`;

async function* everyVoucher(node: LocalNode): AsyncIterable<ListedVoucher> {
  // The open ones first: those are what people ask for.
  for (const state of voucherMachine.states) yield* pages((query) => node.voucher.list({ query: { ...query, state } }));
}

/** By its id or a prefix, or by its dispenser and number. */
export async function findVoucher(node: LocalNode, text: string): Promise<Voucher> {
  const search = {
    noun: 'voucher',
    text,
    list: 'lapak voucher list',
    namesOf: (voucher: ListedVoucher) => [voucherName(voucher)],
  };
  const id = isId(text) ? text : (await pickOne(everyVoucher(node), search)).id;
  return node.voucher.show({ params: { id } });
}

export const voucherArg = 'Its dispenser and number, like “Water 1/12”, its id or a prefix of one.';

export const riskFlagSummary =
  'Do it though the dispenser cannot be asked, and may pour for the old voucher yet: that would be lost. The fact says so.';
