// lapak audit generations STORE: the lines of writing of a store's journal, and what never came of each.
import * as Args from '@oclif/core/args';
import type { Generation } from '#schema/wire/recovery';
import { LapakCommand } from '../../base-command.ts';
import { findStore } from '../../find.ts';
import { listFlags } from '../../flags.ts';
import { gapText } from '../../gap-text.ts';
import type { Column } from '../../ui/table.ts';
import { timeCell } from '../../ui/time.ts';

const columns: Column<Generation>[] = [
  { name: 'generation', value: (row) => row.generation },
  { name: 'why', value: (row) => row.why },
  { name: 'opened', value: (row) => row.openedAt, text: (row) => timeCell(row.openedAt) },
  { name: 'after', value: ({ prev }) => `${prev.generation}.${prev.seq}` },
  { name: 'facts', value: (row) => row.facts },
  { name: 'missing', value: (row) => gapText(row.gap) },
  { name: 'node', value: (row) => row.nodeId, extra: true },
];

export default class AuditGenerations extends LapakCommand<typeof AuditGenerations> {
  static override summary = 'Show the generations of a store’s journal, and what never came.';
  static override examples = ['<%= config.bin %> audit generations warung-sari'];
  static override args = {
    store: Args.string({ required: true, description: 'The store: its code, its id or a prefix of one.' }),
  };
  static override flags = listFlags;

  protected readonly attempt = 'show the generations';

  async run(): Promise<void> {
    const centre = await this.centre();
    const { id } = await findStore(centre, this.args.store);
    const { items } = await centre.recovery.generations({ params: { id } });
    await this.showList(items, columns, 'This store has had no machine yet.');
  }
}
