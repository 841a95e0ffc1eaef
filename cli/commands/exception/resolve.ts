// lapak exception resolve ID: applies the fact again, or sets it aside with a note.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { LapakCommand } from '../../base-command.ts';
import { wrongUse } from '../../failure.ts';
import { pickOne } from '../../find.ts';
import { dryRunFlag, yesFlag } from '../../flags.ts';
import { pages } from '../../pages.ts';

export default class ExceptionResolve extends LapakCommand<typeof ExceptionResolve> {
  static override summary = 'Resolve an exception.';
  static override examples = [
    '<%= config.bin %> exception resolve 0193 --how retry',
    '<%= config.bin %> exception resolve 0193 --how dismiss --note "Counted by hand, corrected in stock"',
  ];
  static override args = { id: Args.string({ required: true, description: 'Its id or a prefix of it.' }) };
  static override flags = {
    how: Flags.option({
      options: ['retry', 'dismiss'] as const,
      required: true,
      summary: 'Apply the fact again, or set it aside.',
    })(),
    note: Flags.string({ summary: 'Why, for whoever reads it later; needed to dismiss.' }),
    ...dryRunFlag,
    ...yesFlag,
  };

  protected readonly attempt = 'resolve the exception';

  async run(): Promise<void> {
    const { how, note } = this.flags;
    if (how === 'dismiss' && !note) throw wrongUse('Setting a fact aside needs a reason.', 'Give it with --note.', 'note-needed');
    const centre = await this.centre();
    const open = pages((query) => centre.exception.list({ query }));
    const exception = await pickOne(open, {
      noun: 'exception',
      text: this.args.id,
      list: 'lapak exception list',
      namesOf: () => [],
    });
    if (how === 'dismiss')
      await this.ask(`Set fact ${exception.fact.seq} of ${exception.storeCode} (${exception.fact.kind}) aside for good?`);
    const closed = await centre.exception.resolve({ params: { id: exception.id }, body: { how, ...(note && { note }) } });
    this.show(closed, () => `Fact ${closed.fact.seq} of ${closed.storeCode} is ${closed.state}.\n`);
  }
}
