// lapak voucher cancel VOUCHER: its code is good no more, here and at its dispenser; what was paid for it is still owed.
import * as Args from '@oclif/core/args';
import { LapakCommand } from '../../base-command.ts';
import { dataFolderFlag, dryRunFlag, yesFlag } from '../../flags.ts';
import { findVoucher, voucherArg, voucherName } from '../../vouchers.ts';

export default class VoucherCancel extends LapakCommand<typeof VoucherCancel> {
  static override summary = 'Cancel an open voucher.';
  static override examples = ['<%= config.bin %> voucher cancel "Water 1/12"'];
  static override args = { voucher: Args.string({ required: true, description: voucherArg }) };
  static override flags = { ...dataFolderFlag, ...dryRunFlag, ...yesFlag };

  protected readonly attempt = 'cancel the voucher';

  async run(): Promise<void> {
    const node = await this.localNode();
    const found = await findVoucher(node, this.args.voucher);
    await this.ask(`Cancel ${voucherName(found)}, ${found.productName}?`);
    const voucher = await node.voucher.cancel({ params: { id: found.id } });
    this.show(
      voucher,
      () => `${voucherName(voucher)} is cancelled. What was paid for it is owed: again, or a refund at the till.\n`,
    );
  }
}
