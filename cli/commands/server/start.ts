// lapak server start: the central server on this machine, until Ctrl+C.
import * as Flags from '@oclif/core/flags';
import { LapakCommand } from '../../base-command.ts';
import { dataFolderFlag } from '../../flags.ts';
import { stayUntilStopped } from '../../foreground.ts';
import { numberOf } from '../../settings.ts';

export default class ServerStart extends LapakCommand<typeof ServerStart> {
  static override summary = 'Start the central server, and stay until it is stopped.';
  static override description = 'On Postgres by DATABASE_URL; without one, on its own database in the data folder.';
  static override examples = [
    '<%= config.bin %> server start',
    'DATABASE_URL=postgres://… <%= config.bin %> server start --port 8080',
  ];
  static override flags = {
    port: Flags.integer({ summary: 'The port to listen on; 7100 unless said (LAPAK_PORT).', min: 0, max: 65_535 }),
    host: Flags.string({ summary: 'The address to listen on; this machine alone unless said (LAPAK_SERVER_HOST).' }),
    ...dataFolderFlag,
  };

  protected readonly attempt = 'start the server';

  async run(): Promise<void> {
    const [{ startCentre }, { readCentreSettings }] = await Promise.all([
      import('#sync-server/main'),
      import('#sync-server/settings'),
    ]);
    const { host } = this.flags;
    const settings = readCentreSettings(process.env);
    const port = this.flags.port ?? settings.port ?? numberOf('port', this.sources);
    const centre = await startCentre({
      ...settings,
      dataFolder: this.programFolder('centre'),
      port,
      ...(host !== undefined && { host }),
    });
    this.show({ url: centre.url }, () => `The centre answers at ${centre.url}\n`);
    await stayUntilStopped({ stop: () => centre.stop(), tell: (text) => this.note(text), clock: this.clock });
  }
}
