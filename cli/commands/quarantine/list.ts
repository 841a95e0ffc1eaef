// lapak quarantine list: what machines sent after they were replaced, for a person to decide.
import * as Flags from '@oclif/core/flags';
import { type QuarantinedFact, quarantineStates } from '#schema/wire/recovery';
import { LapakCommand } from '../../base-command.ts';
import { storeIdOf } from '../../find.ts';
import { listFlags, storeFlag } from '../../flags.ts';
import { pages } from '../../pages.ts';
import type { Column } from '../../ui/table.ts';
import { timeCell } from '../../ui/time.ts';

const columns: Column<QuarantinedFact>[] = [
  { name: 'store', value: (held) => held.storeCode },
  { name: 'fact', value: ({ fact }) => `${fact.generation}.${fact.seq}` },
  { name: 'kind', value: ({ fact }) => fact.kind },
  { name: 'at', value: (held) => held.occurredAt, text: (held) => timeCell(held.occurredAt) },
  { name: 'arrived', value: (held) => held.receivedAt, text: (held) => timeCell(held.receivedAt) },
  { name: 'state', value: (held) => held.state },
  { name: 'note', value: (held) => held.note },
  { name: 'decided', value: (held) => held.decidedAt, text: (held) => timeCell(held.decidedAt), extra: true },
  { name: 'decided-by', value: (held) => held.decidedBy, extra: true },
  { name: 'node', value: (held) => held.nodeId, extra: true },
  { name: 'text', value: ({ fact }) => fact.text, extra: true },
];

export default class QuarantineList extends LapakCommand<typeof QuarantineList> {
  static override summary = 'List what machines sent after they were replaced.';
  static override examples = [
    '<%= config.bin %> quarantine list',
    '<%= config.bin %> quarantine list --store warung-sari --columns fact,text',
  ];
  static override flags = {
    state: Flags.option({ options: quarantineStates, summary: 'Only these; held ones unless said.' })(),
    store: storeFlag,
    ...listFlags,
  };

  protected readonly attempt = 'list the quarantine';

  async run(): Promise<void> {
    const { state, store } = this.flags;
    const centre = await this.centre();
    const wish = { ...(state && { state }), ...(await storeIdOf(centre, store)) };
    const held = pages((page) => centre.recovery.quarantined({ query: { ...page, ...wish } }));
    await this.showList(held, columns, 'Nothing is in quarantine.');
  }
}
