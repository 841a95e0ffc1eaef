// lapak category list: the categories of the catalogue.
import type { Static } from 'typebox';
import type { Category as CategoryRow } from '#schema/wire/product';
import { LapakCommand } from '../../base-command.ts';
import { listFlags } from '../../flags.ts';
import type { Column } from '../../ui/table.ts';

type Category = Static<typeof CategoryRow>;

const columns: Column<Category>[] = [
  { name: 'position', align: 'right', value: (category) => category.position },
  { name: 'name', value: (category) => category.name },
  { name: 'parent-id', value: (category) => category.parentId, extra: true },
  { name: 'id', value: (category) => category.id, extra: true },
];

export default class CategoryList extends LapakCommand<typeof CategoryList> {
  static override summary = 'List the categories.';
  static override examples = ['<%= config.bin %> category list'];
  static override flags = listFlags;

  protected readonly attempt = 'list the categories';

  async run(): Promise<void> {
    const centre = await this.centre();
    const { items } = await centre.category.list();
    await this.showList(items, columns, 'No categories yet. Add one: lapak category add');
  }
}
