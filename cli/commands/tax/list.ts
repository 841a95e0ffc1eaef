// lapak tax list: the tax rates by country and class.
import type { Static } from 'typebox';
import type { TaxRateRow } from '#schema/wire/product';
import { LapakCommand } from '../../base-command.ts';
import { listFlags } from '../../flags.ts';
import { quantityText } from '../../ui/quantity.ts';
import type { Column } from '../../ui/table.ts';

type TaxRate = Static<typeof TaxRateRow>;

const columns: Column<TaxRate>[] = [
  { name: 'country', value: (rate) => rate.country },
  { name: 'class', value: (rate) => rate.taxClass },
  { name: 'name', value: (rate) => rate.name },
  { name: 'percent', align: 'right', value: (rate) => rate.rate / 100, text: (rate) => quantityText(rate.rate, 2) },
  { name: 'inclusive', value: (rate) => rate.inclusive, text: (rate) => (rate.inclusive ? 'in the price' : 'on top') },
  { name: 'id', value: (rate) => rate.id, extra: true },
];

export default class TaxList extends LapakCommand<typeof TaxList> {
  static override summary = 'List the tax rates.';
  static override examples = ['<%= config.bin %> tax list'];
  static override flags = listFlags;

  protected readonly attempt = 'list the tax rates';

  async run(): Promise<void> {
    const centre = await this.centre();
    const { items } = await centre.taxRate.list();
    await this.showList(items, columns, 'No tax rates yet. Set one: lapak tax set ID standard 11 --name PPN --inclusive');
  }
}
