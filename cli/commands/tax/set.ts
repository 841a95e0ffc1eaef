// lapak tax set COUNTRY CLASS PERCENT: the rate of a tax class in a country.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { LapakCommand } from '../../base-command.ts';
import { wrongUse } from '../../failure.ts';
import { dryRunFlag } from '../../flags.ts';
import { quantityText } from '../../ui/quantity.ts';

export default class TaxSet extends LapakCommand<typeof TaxSet> {
  static override summary = 'Set the tax rate of a class in a country.';
  static override examples = [
    '<%= config.bin %> tax set ID standard 11 --name "PPN 11 %" --inclusive',
    '<%= config.bin %> tax set SE food 12 --name "Moms 12 %" --inclusive',
  ];
  static override args = {
    country: Args.string({ required: true, description: 'Two letters, like ID or SE.' }),
    class: Args.string({ required: true, description: 'The tax class of products, like standard.' }),
    percent: Args.string({ required: true, description: 'The rate, with at most two decimals.' }),
  };
  static override flags = {
    name: Flags.string({ required: true, summary: 'What receipts call it.' }),
    inclusive: Flags.boolean({ summary: 'Prices contain it; otherwise it is added at the till.' }),
    ...dryRunFlag,
  };

  protected readonly attempt = 'set the tax rate';

  async run(): Promise<void> {
    const { name, inclusive } = this.flags;
    const { class: taxClass, percent } = this.args;
    const rate = hundredths(percent);
    const centre = await this.centre();
    const country = this.args.country.toUpperCase();
    const row = await centre.taxRate.set({ body: { country, taxClass, name, rate, inclusive: Boolean(inclusive) } });
    this.show(row, () => `${row.name}: ${quantityText(row.rate, 2)} % for ${row.taxClass} in ${row.country}.\n`);
  }
}

/** Zero is a rate too, which a quantity is not. */
function hundredths(percent: string): number {
  const [, whole, fraction = ''] = /^(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(percent) ?? [];
  const rate = Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
  if (rate <= 10_000) return rate;
  throw wrongUse(`PERCENT “${percent}” is not a rate from 0 to 100.`, 'Write it like 11 or 2.5.', 'bad-rate');
}
