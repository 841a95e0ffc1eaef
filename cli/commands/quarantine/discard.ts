// lapak quarantine discard STORE: what a replaced machine sent is set aside for good, and kept.
import { LapakCommand } from '../../base-command.ts';
import { decide, decisionArgs, decisionFlags, findHeld } from '../../quarantine.ts';

export default class QuarantineDiscard extends LapakCommand<typeof QuarantineDiscard> {
  static override summary = 'Set what a replaced machine sent aside for good.';
  static override description = 'It is kept for reading and never applied. Stock and cash that it moved are corrected by hand.';
  static override examples = ['<%= config.bin %> quarantine discard warung-sari --note "Sold again on paper"'];
  static override args = decisionArgs;
  static override flags = decisionFlags;

  protected readonly attempt = 'discard the quarantine';

  async run(): Promise<void> {
    const { note, 'up-to': upTo } = this.flags;
    const centre = await this.centre();
    const held = await findHeld(centre, this.args.store);
    await this.ask(`Set what the replaced machine of ${held.store.name} sent aside for good?`);
    const result = await decide(centre, held, { how: 'discard', note, upTo });

    this.show(result, () => `Set aside: ${result.decided} facts; still held: ${result.held}.\n`);
  }
}
