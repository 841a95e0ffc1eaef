// Every setting of the command in one table: its flag, its environment name and its key, in that order of strength.
import { wrongUse } from './failure.ts';
import { dataFolder, type Env } from './folders.ts';
import type { ConfigFile } from './profile.ts';
import { type OutputForm, outputForms } from './ui/answer.ts';

export interface SettingRow {
  flag: string | null;
  env: string;
  key: string;
  secret?: true;
}

export const settingRows = {
  profile: { flag: 'profile', env: 'LAPAK_PROFILE', key: 'profile' },
  server: { flag: 'server', env: 'LAPAK_SERVER', key: 'profiles.NAME.server' },
  // No flag: what stands on a command line can be read by everyone on the machine.
  token: { flag: null, env: 'LAPAK_TOKEN', key: 'profiles.NAME.token', secret: true },
  output: { flag: 'output', env: 'LAPAK_OUTPUT', key: 'output' },
  timeout: { flag: 'timeout', env: 'LAPAK_TIMEOUT', key: 'timeout' },
  limit: { flag: 'limit', env: 'LAPAK_LIMIT', key: 'limit' },
  dataFolder: { flag: 'data-folder', env: 'LAPAK_DATA_DIR', key: 'profiles.NAME.dataFolder' },
  port: { flag: 'port', env: 'LAPAK_PORT', key: 'port' },
  host: { flag: 'host', env: 'LAPAK_HOST', key: 'host' },
  nodePort: { flag: 'node-port', env: 'LAPAK_NODE_PORT', key: 'nodePort' },
  nodeHost: { flag: 'node-host', env: 'LAPAK_NODE_HOST', key: 'nodeHost' },
  nodeTlsPort: { flag: 'node-tls-port', env: 'LAPAK_NODE_TLS_PORT', key: 'nodeTlsPort' },
  lan: { flag: 'lan', env: 'LAPAK_LAN', key: 'lan' },
  lanNames: { flag: 'lan-names', env: 'LAPAK_LAN_NAMES', key: 'lanNames' },
  // No flag: it may hold a password.
  mqttUrl: { flag: null, env: 'LAPAK_MQTT_URL', key: 'mqttUrl', secret: true },
  mqttPort: { flag: 'mqtt-port', env: 'LAPAK_MQTT_PORT', key: 'mqttPort' },
  mqttTlsPort: { flag: 'mqtt-tls-port', env: 'LAPAK_MQTT_TLS_PORT', key: 'mqttTlsPort' },
} as const satisfies Record<string, SettingRow>;

export type SettingName = keyof typeof settingRows;

export type Origin = 'flag' | 'environment' | 'config.toml' | 'default';

export interface Resolved {
  value: string | undefined;
  origin: Origin;
  /** The very name it came by: `--server`, `LAPAK_SERVER`, `profiles.demo.server`. */
  from: string;
}

export type FlagValues = Readonly<Record<string, unknown>>;

export interface Sources {
  flags: FlagValues;
  env: Env;
  config: ConfigFile;
}

export const DEFAULT_SERVER = 'http://127.0.0.1:7100';

const defaults = (env: Env): Partial<Record<SettingName, string>> => ({
  profile: 'default',
  server: DEFAULT_SERVER,
  output: 'table',
  timeout: '15',
  limit: '200',
  port: '7100',
  host: '127.0.0.1',
  nodePort: '7200',
  nodeHost: '127.0.0.1',
  nodeTlsPort: '7243',
  lan: 'off',
  lanNames: '',
  mqttPort: '1883',
  mqttTlsPort: '8883',
  dataFolder: dataFolder(env, 'node'),
});

export function resolveSetting(name: SettingName, { flags, env, config }: Sources): Resolved {
  const row: SettingRow = settingRows[name];
  const flag = row.flag === null ? undefined : flags[row.flag];
  if (flag !== undefined) return { value: String(flag), origin: 'flag', from: `--${row.flag}` };
  if (env[row.env]) return { value: env[row.env], origin: 'environment', from: row.env };
  const key = row.key.includes('NAME') ? row.key.replace('NAME', profileName({ flags, env, config })) : row.key;
  const kept = valueAt(config, key);
  if (kept !== undefined) return { value: String(kept), origin: 'config.toml', from: key };
  return { value: defaults(env)[name], origin: 'default', from: '' };
}

export const profileName = (sources: Sources): string => resolveSetting('profile', sources).value ?? 'default';

function valueAt(config: object, key: string): unknown {
  let at: unknown = config;
  for (const step of key.split('.'))
    at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[step] : undefined;
  return at;
}

/** A profile that is named but not there is a slip of the finger, not a wish for the default server. */
export function checkProfile(sources: Sources): void {
  const { value = 'default', origin, from } = resolveSetting('profile', sources);
  if (origin === 'default' || sources.config.profiles[value]) return;
  const known = Object.keys(sources.config.profiles);
  throw wrongUse(
    `${from} names the profile “${value}”, which is not in config.toml.`,
    known.length > 0
      ? `Use one of ${known.join(', ')}, or sign in: lapak login --profile ${value}`
      : `Sign in: lapak login --profile ${value}`,
    'unknown-profile',
  );
}

export function outputOf(sources: Sources): OutputForm {
  if (sources.flags.json) return 'json';
  const { value, from } = resolveSetting('output', sources);
  const form = outputForms.find((candidate) => candidate === value);
  if (form) return form;
  throw wrongUse(`${from} “${value}” is not a form of output.`, `Use one of ${outputForms.join(', ')}.`);
}

/** A setting that must be a whole number. */
export function numberOf(name: SettingName, sources: Sources, minimum = 0): number {
  const { value, from } = resolveSetting(name, sources);
  const number = Number(value);
  if (Number.isSafeInteger(number) && number >= minimum) return number;
  throw wrongUse(`${from} “${value}” is not a whole number from ${minimum} up.`, 'Give a number.');
}

const MAX_PORT = 65_535;

/** 0 takes any free one. */
export function portOf(name: 'port' | 'nodePort' | 'nodeTlsPort' | 'mqttPort' | 'mqttTlsPort', sources: Sources): number {
  const port = numberOf(name, sources);
  if (port <= MAX_PORT) return port;
  const { value, from } = resolveSetting(name, sources);
  throw wrongUse(`${from} “${value}” is not a port.`, `Give a number from 0 to ${MAX_PORT}; 0 takes any free one.`);
}

/** The server that was named for this run. A node's own centre yields to it alone: a profile is about whom a person talks to. */
export function namedServer(sources: Sources): string | undefined {
  const { origin } = resolveSetting('server', sources);
  return origin === 'flag' || origin === 'environment' ? serverOf(sources) : undefined;
}

export function serverOf(sources: Sources): string {
  const { value = DEFAULT_SERVER, from } = resolveSetting('server', sources);
  if (/^https?:\/\//.test(value) && URL.canParse(value)) return value;
  throw wrongUse(`${from} “${value}” is not a server address.`, `Write it whole, like ${DEFAULT_SERVER}.`, 'bad-address');
}
