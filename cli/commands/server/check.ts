// lapak server check: the settings that the centre would start with, secrets hidden.
import { LapakCommand } from '../../base-command.ts';
import { serverFlags } from '../../flags.ts';
import { hidden } from '../../hidden.ts';
import type { Column } from '../../ui/table.ts';

interface Shown {
  setting: string;
  value: string | number | boolean | null;
}

const columns: Column<Shown>[] = [
  { name: 'setting', value: (row) => row.setting },
  { name: 'value', value: (row) => row.value },
];

export default class ServerCheck extends LapakCommand<typeof ServerCheck> {
  static override summary = 'Show the settings that the centre would start with.';
  static override examples = ['<%= config.bin %> server check'];
  static override flags = serverFlags;

  protected readonly attempt = 'read the settings';

  async run(): Promise<void> {
    const { readCentreSettings } = await import('#sync-server/settings');
    const settings = { ...this.centrePlace(), ...readCentreSettings(this.env) };
    await this.showList(
      Object.entries(settings).map(([setting, value]) => ({ setting, value: hidden(setting, value) })),
      columns,
      'Everything is as it comes.',
    );
  }
}
