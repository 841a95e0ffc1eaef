// lapak voucher list: the vouchers of the store node on this machine in one state, open ones unless said.
import * as Flags from '@oclif/core/flags';
import { type ListedVoucher, voucherStates } from '#schema/wire/voucher';
import { LapakCommand } from '../../base-command.ts';
import { dataFolderFlag, listFlags } from '../../flags.ts';
import { pages } from '../../pages.ts';
import type { Column } from '../../ui/table.ts';
import { timeCell } from '../../ui/time.ts';
import { voucherName } from '../../vouchers.ts';

const columns: Column<ListedVoucher>[] = [
  { name: 'voucher', value: voucherName },
  { name: 'product', value: (voucher) => voucher.productName },
  { name: 'receipt', value: (voucher) => voucher.receipt },
  { name: 'state', value: (voucher) => voucher.state },
  { name: 'until', value: (voucher) => voucher.expiresAt, text: (voucher) => timeCell(voucher.expiresAt) },
  { name: 'id', value: (voucher) => voucher.id, extra: true },
];

export default class VoucherList extends LapakCommand<typeof VoucherList> {
  static override summary = 'List the vouchers of the store node on this machine.';
  static override examples = ['<%= config.bin %> voucher list', '<%= config.bin %> voucher list --state uncertain'];
  static override flags = {
    state: Flags.option({ options: voucherStates, summary: 'In this state; open unless said.' })(),
    ...dataFolderFlag,
    ...listFlags,
  };

  protected readonly attempt = 'list the vouchers';

  async run(): Promise<void> {
    const { state = 'open' } = this.flags;
    const node = await this.localNode();
    const vouchers = pages((query) => node.voucher.list({ query: { ...query, state } }), this.pageSize());
    await this.showList(vouchers, columns, `No voucher is ${state}.`);
  }
}
