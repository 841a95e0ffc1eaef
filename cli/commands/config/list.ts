// lapak config list: every setting as it stands, and with --origin where each came from. Secrets are not shown.
import * as Flags from '@oclif/core/flags';
import { LapakCommand } from '../../base-command.ts';
import { listFlags } from '../../flags.ts';
import { configPath } from '../../profile.ts';
import { type Resolved, resolveSetting, type SettingName, type SettingRow, settingRows } from '../../settings.ts';
import type { Column } from '../../ui/table.ts';

interface Shown {
  setting: string;
  value: string | null;
  origin: string;
  from: string | null;
  flag: string | null;
  environment: string;
  key: string;
}

const columns: Column<Shown>[] = [
  { name: 'setting', value: (row) => row.setting },
  { name: 'value', value: (row) => row.value },
];

const originColumns: Column<Shown>[] = [
  { name: 'origin', value: (row) => row.origin },
  { name: 'from', value: (row) => row.from },
  { name: 'flag', value: (row) => row.flag, extra: true },
  { name: 'environment', value: (row) => row.environment, extra: true },
  { name: 'key', value: (row) => row.key, extra: true },
];

export default class ConfigList extends LapakCommand<typeof ConfigList> {
  static override summary = 'List the settings of this command.';
  static override description = 'A flag is stronger than the environment, and that than config.toml.';
  static override examples = ['<%= config.bin %> config list --origin'];
  static override flags = { origin: Flags.boolean({ summary: 'Tell where each value came from.' }), ...listFlags };

  protected readonly attempt = 'list the settings';

  async run(): Promise<void> {
    const rows = (Object.keys(settingRows) as SettingName[]).map((name) =>
      shownSetting(name, resolveSetting(name, this.sources)),
    );
    const shown = this.flags.origin ? originColumns : originColumns.map((column) => ({ ...column, extra: true }));
    await this.showList(rows, [...columns, ...shown], '');
    this.note(`Settings are kept in ${configPath(this.env)}`);
  }
}

function shownSetting(setting: SettingName, { value, origin, from }: Resolved): Shown {
  const row: SettingRow = settingRows[setting];
  return {
    setting,
    value: row.secret && value !== undefined ? '(hidden)' : (value ?? null),
    origin,
    from: from || null,
    flag: row.flag && `--${row.flag}`,
    environment: row.env,
    key: row.key,
  };
}
