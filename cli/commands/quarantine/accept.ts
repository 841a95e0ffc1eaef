// lapak quarantine accept STORE: what a replaced machine sent becomes the late end of its generation.
import { LapakCommand } from '../../base-command.ts';
import { decide, decisionArgs, decisionFlags, findHeld } from '../../quarantine.ts';

export default class QuarantineAccept extends LapakCommand<typeof QuarantineAccept> {
  static override summary = 'Take what a replaced machine sent into the journal.';
  static override description =
    'Its sales become orders, stock and books, as late facts; where one does not fit, an exception is opened.';
  static override examples = ['<%= config.bin %> quarantine accept warung-sari --note "Old box found, drawer counted"'];
  static override args = decisionArgs;
  static override flags = decisionFlags;

  protected readonly attempt = 'take in the quarantine';

  async run(): Promise<void> {
    const { note, 'up-to': upTo } = this.flags;
    const centre = await this.centre();
    const held = await findHeld(centre, this.args.store);
    await this.ask(`Take what the replaced machine of ${held.store.name} sent into its journal?`);
    const result = await decide(centre, held, { how: 'accept', note, upTo });
    if (result.exceptions > 0) this.endPartlyDone();
    this.show(
      result,
      () => `Taken in: ${result.decided} facts, ${result.exceptions} with exceptions; still held: ${result.held}.\n`,
    );
  }
}
