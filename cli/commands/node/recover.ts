// lapak node recover: makes this machine the successor of a store's lost one, with the one-time code of `lapak node replace`.
import { hostname } from 'node:os';
import * as Flags from '@oclif/core/flags';
import { LapakCommand } from '../../base-command.ts';
import { dataFolderFlag } from '../../flags.ts';
import { gapText } from '../../gap-text.ts';
import { serverOf } from '../../settings.ts';

export default class NodeRecover extends LapakCommand<typeof NodeRecover> {
  static override summary = 'Make this machine the successor of a lost store node.';
  static override description =
    'Into a fresh folder: everything that the centre holds of the store is fetched and verified, and selling goes on in new series of receipts, so that nothing comes twice. Broken off, give the same command again.';
  static override examples = ['<%= config.bin %> node recover --server https://lapak.example --code ABCD-EFGH-IJKL'];
  static override flags = {
    code: Flags.string({ required: true, summary: 'The one-time code.' }),
    name: Flags.string({ summary: 'What this machine is called; its host name unless said.' }),
    ...dataFolderFlag,
  };

  protected readonly attempt = 'recover the store node';

  async run(): Promise<void> {
    const { recoverNode } = await import('#node/maintenance');
    const dataFolder = this.programFolder('node');
    const { code, name = hostname() } = this.flags;
    const progress = this.progress('Fetching', 'facts');
    const onFacts = (facts: number) => progress.reach(facts);
    const recovery = await recoverNode({ dataFolder, serverUrl: serverOf(this.sources), code, name, onFacts }).finally(() =>
      progress.end(),
    );
    const { storeCode, generation, fetched, gap, skipped } = recovery;
    if (skipped.length > 0) this.endPartlyDone();
    this.show(recovery, () =>
      [
        `This machine is the node of ${storeCode}: ${fetched} facts fetched and verified, generation ${generation} opened.`,
        gapText(gap),
        ...skipped.map(({ generation, seq, what }) => `Fact ${generation}.${seq} could not be applied here: ${what}`),
        'The keys of its devices come by themselves. Next: lapak node start\n',
      ].join('\n'),
    );
  }
}
