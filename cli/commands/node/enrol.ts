// lapak node enrol: makes this machine the node of a store, with the one-time code of `lapak store enrolment-code`.
import { hostname } from 'node:os';
import * as Flags from '@oclif/core/flags';
import { LapakCommand } from '../../base-command.ts';
import { dataFolderFlag } from '../../flags.ts';
import { serverOf } from '../../settings.ts';

export default class NodeEnrol extends LapakCommand<typeof NodeEnrol> {
  static override summary = 'Make this machine the node of a store.';
  static override examples = ['<%= config.bin %> node enrol --server https://lapak.example --code ABCD-EFGH-IJKL'];
  static override flags = {
    code: Flags.string({ required: true, summary: 'The one-time code.' }),
    name: Flags.string({ summary: 'What this machine is called; its host name unless said.' }),
    ...dataFolderFlag,
  };

  protected readonly attempt = 'enrol this machine';

  async run(): Promise<void> {
    const { enrolNode } = await import('#node/main');
    const dataFolder = this.programFolder('node');
    const { code, name = hostname() } = this.flags;
    const enrolment = await enrolNode({ dataFolder, serverUrl: serverOf(this.sources), code, name });
    this.show(enrolment, () => `This machine is the node of ${enrolment.storeCode}. Next: lapak node start\n`);
  }
}
