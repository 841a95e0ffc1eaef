// The settings that only the centre has, from its environment. Everything is optional, except what production cannot do without.
// Where it listens and keeps its data are settings of the command, which has flags and a file for them as well.

export interface CentreSettings {
  dataFolder: string;
  databaseUrl?: string | undefined;
  host?: string | undefined;
  port?: number | undefined;
  secretKey?: string | undefined;
  /** What the secret key was before: what they sealed is opened, and sealed anew. */
  secretKeysBefore?: readonly string[] | undefined;
  electricUrl?: string | undefined;
  electricSecret?: string | undefined;
  publicUrl?: string | undefined;
  production?: boolean | undefined;
  trustProxy?: boolean | undefined;
}

export class WrongSetting extends Error {
  override name = 'WrongSetting';
}

export const CENTRE_PORT = 7_100;

type Environment = Readonly<Record<string, string | undefined>>;

export function readCentreSettings(env: Environment): Omit<CentreSettings, 'dataFolder' | 'host' | 'port'> {
  // An empty variable, as compose files make them, is one that is not set.
  const read = (name: string) => env[name]?.trim() || undefined;
  return {
    databaseUrl: urlOf(read, 'DATABASE_URL', ['postgres:', 'postgresql:']),
    secretKey: read('LAPAK_SECRET_KEY'),
    secretKeysBefore: read('LAPAK_SECRET_KEYS_BEFORE')
      ?.split(',')
      .map((key) => key.trim()),
    electricUrl: urlOf(read, 'ELECTRIC_URL', ['http:', 'https:']),
    electricSecret: read('ELECTRIC_SECRET'),
    publicUrl: urlOf(read, 'LAPAK_PUBLIC_URL', ['http:', 'https:']),
    production: read('NODE_ENV') === 'production',
    trustProxy: read('LAPAK_TRUST_PROXY') === 'true',
  };
}

type Read = (name: string) => string | undefined;

function urlOf(read: Read, name: string, protocols: readonly string[]): string | undefined {
  const text = read(name);
  if (text === undefined) return undefined;
  if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return text;
  // The value is not repeated: it may hold a password.
  throw new WrongSetting(
    `${name} is not an address that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}.`,
  );
}
