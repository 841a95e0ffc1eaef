// lapak stock tags STORE PLACE [FILE]: hands a store what a reader of tags saw at a place.
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { LapakCommand } from '../../base-command.ts';
import { awaitDirective } from '../../directive.ts';
import { wrongUse } from '../../failure.ts';
import { findStore } from '../../find.ts';
import { dryRunFlag } from '../../flags.ts';
import { makeId } from '../../ids.ts';

const MOST_TAGS = 5_000;

export default class StockTags extends LapakCommand<typeof StockTags> {
  static override summary = 'Hand a store what a reader of tags saw at a place.';
  static override description =
    'One tag a line, as the reader gives it; without a file they are read from the standard input. No tag at all says that the place is empty.';
  static override examples = [
    '<%= config.bin %> stock tags warung-sari fridge-1 seen.txt --wait',
    'cat seen.txt | <%= config.bin %> stock tags warung-sari fridge-1 --effect move',
  ];
  static override args = {
    store: Args.string({ required: true, description: 'The store: its code, its id or a prefix of one.' }),
    place: Args.string({ required: true, description: 'Where the reader looks: a shelf, a fridge.' }),
    // What is piped in are the tags, not the name of their file.
    file: Args.string({ description: 'The file with the tags.', ignoreStdin: true }),
  };
  static override flags = {
    effect: Flags.option({
      options: ['compare', 'move'] as const,
      default: 'compare',
      summary: 'Whether tills sell what is there (compare), or taking it from there buys it (move).',
    })(),
    wait: Flags.boolean({ summary: 'Stay until the store has compared.' }),
    ...dryRunFlag,
  };

  protected readonly attempt = 'hand the tags over';

  async run(): Promise<void> {
    const { effect, wait } = this.flags;
    const { place, file } = this.args;
    const tags = await readTags(file);
    const centre = await this.centre();
    const store = await findStore(centre, this.args.store);
    const sent = await centre.inventory.trackTags({ body: { id: makeId(), storeId: store.id, place, effect, tags } });
    const directive = wait ? await awaitDirective(centre, sent.directiveId, this.waiting()) : sent;
    const state = directive.state === 'done' ? `${store.name} has compared them.` : `${store.name} does it when it hears of it.`;
    this.show(directive, () => `${tags.length} tags at ${place}: ${state}\n`);
  }
}

async function readTags(file: string | undefined): Promise<string[]> {
  const typed = file === undefined ? await text(process.stdin) : await readFile(file, 'utf8').catch(() => undefined);
  if (typed === undefined)
    throw wrongUse(`The file ${file} cannot be read.`, 'Name a file with one tag a line, or pipe them in.', 'unreadable-file');
  const tags = [...new Set(typed.split(/\s+/).filter(Boolean))];
  if (tags.length > MOST_TAGS)
    throw wrongUse(
      `${tags.length} tags are more than a store takes at once.`,
      `Hand over at most ${MOST_TAGS}.`,
      'too-many-tags',
    );
  return tags;
}
