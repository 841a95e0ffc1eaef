// lapak category add NAME: a new category of the catalogue.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { LapakCommand } from '../../base-command.ts';
import { findCategory } from '../../categories.ts';
import { dryRunFlag } from '../../flags.ts';
import { makeId } from '../../ids.ts';

export default class CategoryAdd extends LapakCommand<typeof CategoryAdd> {
  static override summary = 'Add a category.';
  static override examples = ['<%= config.bin %> category add Kopi', '<%= config.bin %> category add "Biji kopi" --parent Kopi'];
  static override args = { name: Args.string({ required: true, description: 'Its name, as tills show it.' }) };
  static override flags = {
    parent: Flags.string({ summary: 'The category that it is part of, by name.' }),
    position: Flags.integer({ min: 0, summary: 'Where it stands among the others.' }),
    ...dryRunFlag,
  };

  protected readonly attempt = 'add the category';

  async run(): Promise<void> {
    const { parent, position } = this.flags;
    const centre = await this.centre();
    const category = await centre.category.create({
      body: {
        id: makeId(),
        name: this.args.name,
        ...(parent && { parentId: (await findCategory(centre, parent)).id }),
        ...(position !== undefined && { position }),
      },
    });
    this.show(category, () => `Added the category ${category.name}.\n`);
  }
}
