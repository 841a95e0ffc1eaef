// lapak exception list: facts that the centre kept but could not apply, oldest first.
import * as Flags from '@oclif/core/flags';
import { type Exception, exceptionStates } from '#schema/wire/exception';
import { LapakCommand } from '../../base-command.ts';
import { storeIdOf } from '../../find.ts';
import { listFlags, storeFlag } from '../../flags.ts';
import { pages } from '../../pages.ts';
import type { Column } from '../../ui/table.ts';
import { timeCell } from '../../ui/time.ts';

const columns: Column<Exception>[] = [
  // All of it: ids begin with the time, so those of one hour share what a short one would show.
  { name: 'id', value: (exception) => exception.id },
  { name: 'store', value: (exception) => exception.storeCode },
  { name: 'state', value: (exception) => exception.state },
  { name: 'fact', value: ({ fact }) => `${fact.generation}.${fact.seq} ${fact.kind}` },
  { name: 'module', value: (exception) => exception.module },
  { name: 'opened', value: (exception) => exception.openedAt, text: (exception) => timeCell(exception.openedAt) },
  { name: 'detail', value: (exception) => exception.detail },
  { name: 'code', value: (exception) => exception.code, extra: true },
  { name: 'closed', value: (exception) => exception.closedAt, text: (exception) => timeCell(exception.closedAt), extra: true },
  { name: 'closed-by', value: (exception) => exception.closedBy, extra: true },
  { name: 'note', value: (exception) => exception.note, extra: true },
];

export default class ExceptionList extends LapakCommand<typeof ExceptionList> {
  static override summary = 'List the exceptions, oldest first.';
  static override examples = [
    '<%= config.bin %> exception list',
    '<%= config.bin %> exception list --state dismissed --columns id,note,closed-by',
  ];
  static override flags = {
    state: Flags.option({ options: exceptionStates, summary: 'Only these; open and waiting ones unless said.' })(),
    store: storeFlag,
    ...listFlags,
  };

  protected readonly attempt = 'list the exceptions';

  async run(): Promise<void> {
    const { state, store } = this.flags;
    const centre = await this.centre();
    const wish = { ...(state && { state }), ...(await storeIdOf(centre, store)) };
    const exceptions = pages((page) => centre.exception.list({ query: { ...page, ...wish } }));
    await this.showList(exceptions, columns, 'No exceptions.');
  }
}
