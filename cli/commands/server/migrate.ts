// lapak server migrate: brings the centre's database to this version, under a lock, and ends.
import { LapakCommand } from '../../base-command.ts';
import { dataFolderFlag } from '../../flags.ts';

export default class ServerMigrate extends LapakCommand<typeof ServerMigrate> {
  static override summary = 'Bring the database of the centre to this version.';
  static override examples = ['DATABASE_URL=postgres://… <%= config.bin %> server migrate'];
  static override flags = dataFolderFlag;

  protected readonly attempt = 'migrate the database';

  async run(): Promise<void> {
    const [{ migrateCentre }, { readCentreSettings }] = await Promise.all([
      import('#sync-server/main'),
      import('#sync-server/settings'),
    ]);
    await migrateCentre({ ...this.centrePlace(), ...readCentreSettings(this.env) });
    this.show({ migrated: true }, () => 'The database is at this version.\n');
  }
}
