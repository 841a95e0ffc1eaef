// lapak voucher resolve VOUCHER WHAT: what somebody saw became of a voucher in doubt, or that what came out beyond what was paid is lost.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { resolutions } from '#schema/rules/voucher';
import { LapakCommand } from '../../base-command.ts';
import { dataFolderFlag, dryRunFlag } from '../../flags.ts';
import { findVoucher, voucherArg, voucherName } from '../../vouchers.ts';

export default class VoucherResolve extends LapakCommand<typeof VoucherResolve> {
  static override summary = 'Say what became of a voucher that waits for a person.';
  static override examples = [
    '<%= config.bin %> voucher resolve "Water 1/12" poured --reason "The bottle was in the tray"',
    '<%= config.bin %> voucher resolve "Water 1/13" loss --reason "Poured after the refund"',
  ];
  static override args = {
    voucher: Args.string({ required: true, description: voucherArg }),
    what: Args.string({ required: true, options: [...resolutions], description: 'What happened.' }),
  };
  static override flags = {
    reason: Flags.string({ required: true, summary: 'What was seen.', helpValue: '<text>' }),
    ...dataFolderFlag,
    ...dryRunFlag,
  };

  protected readonly attempt = 'settle the voucher';

  async run(): Promise<void> {
    const node = await this.localNode();
    const { id } = await findVoucher(node, this.args.voucher);
    const as = resolutions.find((one) => one === this.args.what) ?? 'loss';
    const voucher = await node.voucher.resolve({ params: { id }, body: { as, reason: this.flags.reason } });
    this.show(voucher, () => `${voucherName(voucher)}: ${as}; it is ${voucher.state}.\n`);
  }
}
