// lapak voucher show VOUCHER: one voucher, with its QR for a terminal as long as it is good; or a link for the customer's phone.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { LapakCommand } from '../../base-command.ts';
import { dataFolderFlag } from '../../flags.ts';
import { fieldsText } from '../../ui/answer.ts';
import { qrText } from '../../ui/qr.ts';
import { timeCell } from '../../ui/time.ts';
import { findVoucher, voucherArg, voucherName } from '../../vouchers.ts';

export default class VoucherShow extends LapakCommand<typeof VoucherShow> {
  static override summary = 'Show a voucher and its QR.';
  static override examples = [
    '<%= config.bin %> voucher show "Water 1/12"',
    '<%= config.bin %> voucher show "Water 1/12" --link',
  ];
  static override args = { voucher: Args.string({ required: true, description: voucherArg }) };
  static override flags = {
    link: Flags.boolean({
      summary: 'A link for the customer’s phone, in the network of the store. Whoever has it has the code.',
    }),
    ...dataFolderFlag,
  };

  protected readonly attempt = 'show the voucher';

  async run(): Promise<void> {
    const node = await this.localNode();
    const voucher = await findVoucher(node, this.args.voucher);
    if (this.flags.link) {
      const link = await node.voucher.link({ params: { id: voucher.id } });
      this.show(link, () => `${link.url}\nGood until ${timeCell(link.expiresAt)}.\n`);
      return;
    }
    const isGood = voucher.state === 'open' && voucher.code !== null && Date.parse(voucher.expiresAt) > this.clock.now();
    const picture = isGood && voucher.code !== null ? `${await qrText(voucher.code)}\n` : '';
    const fields = fieldsText({
      Voucher: voucherName(voucher),
      Product: voucher.productName,
      State: voucher.state,
      Until: timeCell(voucher.expiresAt),
      ...(isGood && { Code: voucher.code ?? '' }),
      Id: voucher.id,
    });
    this.show(voucher, () => `${picture}${fields}`);
  }
}
