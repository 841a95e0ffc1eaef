// lapak till pair: the one-time code by which a browser on another machine becomes a till.
import * as Flags from '@oclif/core/flags';
import { LapakCommand } from '../../base-command.ts';
import { dataFolderFlag, dryRunFlag } from '../../flags.ts';
import { makeId } from '../../ids.ts';
import { timeCell } from '../../ui/time.ts';

export default class TillPair extends LapakCommand<typeof TillPair> {
  static override summary = 'Make a one-time code for another till of the store node on this machine.';
  static override examples = ['<%= config.bin %> till pair --name Terrace', '<%= config.bin %> till pair --till T2'];
  static override flags = {
    till: Flags.string({
      summary: 'A till that there is already, by its code: a new tablet in its place, or one more. A new till unless said.',
      helpValue: '<code>',
    }),
    name: Flags.string({ summary: 'What people call it.', helpValue: '<name>' }),
    ...dataFolderFlag,
    ...dryRunFlag,
  };

  protected readonly attempt = 'make a pairing code';

  async run(): Promise<void> {
    const { till, name } = this.flags;
    const node = await this.localNode();
    const made = await node.till.createCode({
      body: { id: makeId(), ...(till !== undefined && { till: till.toUpperCase() }), ...(name !== undefined && { name }) },
    });
    const { code, addresses, expiresAt } = made;
    const [address = node.baseUrl] = addresses;
    this.show(made, () => `${code}\nGood until ${timeCell(expiresAt)}, for one browser. There, open ${address}/#pair=${code}\n`);
    if (addresses.length === 0) this.note('Other machines do not reach this node yet: start it with --lan on (LAPAK_LAN=on).');
  }
}
