// lapak server migrate: brings the centre's database to this version, under a lock, and ends.
import { LapakCommand } from '../../base-command.ts';
import { dataFolderFlag } from '../../flags.ts';

export default class ServerMigrate extends LapakCommand<typeof ServerMigrate> {
  static override summary = 'Bring the database of the centre to this version.';
  static override examples = ['DATABASE_URL=postgres://… <%= config.bin %> server migrate'];
  static override flags = dataFolderFlag;

  protected readonly attempt = 'migrate the database';

  async run(): Promise<void> {
    const place = await this.centreSettings();
    const { migrateCentre } = await import('#sync-server/main');
    await migrateCentre(place);
    this.show({ migrated: true }, () => 'The database is at this version.\n');
  }
}
