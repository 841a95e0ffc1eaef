// lapak voucher cases: vouchers that wait for a person, and what may be done about each.
import type { VoucherCaseView } from '#schema/wire/voucher';
import { LapakCommand } from '../../base-command.ts';
import { dataFolderFlag, listFlags } from '../../flags.ts';
import { pages } from '../../pages.ts';
import type { Column } from '../../ui/table.ts';
import { timeCell } from '../../ui/time.ts';
import { voucherName } from '../../vouchers.ts';

const columns: Column<VoucherCaseView>[] = [
  { name: 'voucher', value: voucherName },
  { name: 'product', value: (voucher) => voucher.productName },
  { name: 'receipt', value: (voucher) => voucher.receipt },
  { name: 'what', value: (voucher) => voucher.what },
  { name: 'may', value: (voucher) => voucher.may.join(', ') },
  { name: 'ended', value: (voucher) => voucher.expiresAt, text: (voucher) => timeCell(voucher.expiresAt) },
  { name: 'id', value: (voucher) => voucher.id, extra: true },
];

export default class VoucherCases extends LapakCommand<typeof VoucherCases> {
  static override summary =
    'List vouchers that wait for a person: paid and not poured, in doubt, or poured beyond what was paid.';
  static override examples = ['<%= config.bin %> voucher cases', '<%= config.bin %> voucher cases --filter what=uncertain'];
  static override flags = { ...dataFolderFlag, ...listFlags };

  protected readonly attempt = 'list what waits for a person';

  async run(): Promise<void> {
    const node = await this.localNode();
    const cases = pages((query) => node.voucher.cases({ query }), this.pageSize());
    await this.showList(cases, columns, 'No voucher waits for a person.');
  }
}
