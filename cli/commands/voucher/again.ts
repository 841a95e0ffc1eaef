// lapak voucher again VOUCHER: a new voucher for the unit that this one was for.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { LapakCommand } from '../../base-command.ts';
import { dataFolderFlag, dryRunFlag } from '../../flags.ts';
import { timeCell } from '../../ui/time.ts';
import { findVoucher, riskFlagSummary, voucherArg, voucherName } from '../../vouchers.ts';

export default class VoucherAgain extends LapakCommand<typeof VoucherAgain> {
  static override summary = 'Make a new voucher for one that expired, failed or was cancelled.';
  static override examples = ['<%= config.bin %> voucher again "Water 1/12"'];
  static override args = { voucher: Args.string({ required: true, description: voucherArg }) };
  static override flags = { 'accept-risk': Flags.boolean({ summary: riskFlagSummary }), ...dataFolderFlag, ...dryRunFlag };

  protected readonly attempt = 'make a new voucher';

  async run(): Promise<void> {
    const node = await this.localNode();
    const { id } = await findVoucher(node, this.args.voucher);
    const body = this.flags['accept-risk'] ? { acceptRisk: {} } : {};
    const voucher = await node.voucher.again({ params: { id }, body });
    this.show(
      voucher,
      () => `${voucherName(voucher)} is good until ${timeCell(voucher.expiresAt)}: lapak voucher show ${voucher.id}\n`,
    );
  }
}
