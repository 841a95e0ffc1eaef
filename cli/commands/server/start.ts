// lapak server start: the central server on this machine, until Ctrl+C.
import { LapakCommand } from '../../base-command.ts';
import { serverFlags } from '../../flags.ts';
import { stayUntilStopped } from '../../foreground.ts';

export default class ServerStart extends LapakCommand<typeof ServerStart> {
  static override summary = 'Start the central server, and stay until it is stopped.';
  static override description = 'On Postgres by DATABASE_URL; without one, on its own database in the data folder.';
  static override examples = [
    '<%= config.bin %> server start',
    'DATABASE_URL=postgres://… <%= config.bin %> server start --port 8080',
  ];
  static override flags = serverFlags;

  protected readonly attempt = 'start the server';

  async run(): Promise<void> {
    const [{ startCentre }, { readCentreSettings }] = await Promise.all([
      import('#sync-server/main'),
      import('#sync-server/settings'),
    ]);
    const centre = await startCentre({ ...this.centrePlace(), ...readCentreSettings(this.env) });
    await stayUntilStopped({
      begun: () => this.show({ url: centre.url }, () => `The centre answers at ${centre.url}\n`),
      stop: () => centre.stop(),
      tell: (text) => this.note(text),
      clock: this.clock,
    });
  }
}
