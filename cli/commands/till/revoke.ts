// lapak till revoke TILL: a till that was lost is out at once; its code and its receipts stay its own.
import * as Args from '@oclif/core/args';
import { LapakCommand } from '../../base-command.ts';
import { pickOne } from '../../find.ts';
import { dataFolderFlag, dryRunFlag, yesFlag } from '../../flags.ts';

export default class TillRevoke extends LapakCommand<typeof TillRevoke> {
  static override summary = 'Withdraw a till of the store node on this machine.';
  static override examples = ['<%= config.bin %> till revoke T2'];
  static override args = { till: Args.string({ required: true, description: 'Its code, or its name.' }) };
  static override flags = { ...dataFolderFlag, ...dryRunFlag, ...yesFlag };

  protected readonly attempt = 'withdraw the till';

  async run(): Promise<void> {
    const node = await this.localNode();
    const { items } = await node.till.list();
    const { code, name, browsers } = await pickOne(items, {
      noun: 'till',
      text: this.args.till,
      list: 'lapak till list',
      namesOf: (till) => [till.code, till.name],
    });
    await this.ask(`Shut ${name} (${code}) out, ${browsers} ${browsers === 1 ? 'browser' : 'browsers'}?`);
    const till = await node.till.revoke({ params: { code } });
    const again = code === 'T1' ? 'The store box’s own screen pairs itself again.' : `Back again: lapak till pair --till ${code}`;
    this.show(till, () => `${name} is out. ${again}\n`);
  }
}
