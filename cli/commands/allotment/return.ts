// lapak allotment return ALLOTMENT: gives what a store had set aside back to its tills.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { LapakCommand } from '../../base-command.ts';
import { awaitDirective } from '../../directive.ts';
import { pickOne } from '../../find.ts';
import { dryRunFlag } from '../../flags.ts';
import { makeId } from '../../ids.ts';
import { pages } from '../../pages.ts';

export default class AllotmentReturn extends LapakCommand<typeof AllotmentReturn> {
  static override summary = 'Give an allotment back to its store.';
  static override examples = ['<%= config.bin %> allotment return 01990b2c --wait'];
  static override args = {
    allotment: Args.string({ required: true, description: 'The allotment: its id or a prefix of it.' }),
  };
  static override flags = {
    wait: Flags.boolean({ summary: 'Stay until the store has it back.' }),
    ...dryRunFlag,
  };

  protected readonly attempt = 'give the allotment back';

  async run(): Promise<void> {
    const centre = await this.centre();
    const { id, name } = await pickOne(
      pages((query) => centre.allotment.list({ query: { ...query, state: 'held' } })),
      { noun: 'allotment', text: this.args.allotment, list: 'lapak allotment list', namesOf: () => [] },
    );
    const sent = await centre.allotment.giveBack({ params: { id }, body: { id: makeId() } });
    const directive = this.flags.wait ? await awaitDirective(centre, sent.directiveId, this.waiting()) : sent;
    const state = directive.state === 'done' ? 'the store has it back.' : 'the store has it back when it hears of it.';
    this.show(directive, () => `${name ?? id}: ${state}\n`);
  }
}
