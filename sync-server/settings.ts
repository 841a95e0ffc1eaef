// The settings of the centre from its environment. Everything is optional, except what production cannot do without.
import { join } from 'node:path';

export interface CentreSettings {
  dataFolder: string;
  databaseUrl?: string | undefined;
  host?: string | undefined;
  port?: number | undefined;
  secretKey?: string | undefined;
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

type Environment = Record<string, string | undefined>;

export function readCentreSettings(env: Environment): CentreSettings {
  // An empty variable, as compose files make them, is one that is not set.
  const read = (name: string) => env[name]?.trim() || undefined;
  return {
    dataFolder: dataFolder(read),
    databaseUrl: urlOf(read, 'DATABASE_URL', ['postgres:', 'postgresql:']),
    host: read('LAPAK_SERVER_HOST'),
    port: portOf(read),
    secretKey: read('LAPAK_SECRET_KEY'),
    electricUrl: urlOf(read, 'ELECTRIC_URL', ['http:', 'https:']),
    electricSecret: read('ELECTRIC_SECRET'),
    publicUrl: urlOf(read, 'LAPAK_PUBLIC_URL', ['http:', 'https:']),
    production: read('NODE_ENV') === 'production',
    trustProxy: read('LAPAK_TRUST_PROXY') === 'true',
  };
}

type Read = (name: string) => string | undefined;

function dataFolder(read: Read): string {
  const own = read('LAPAK_DATA_DIR');
  if (own !== undefined) return join(own, 'centre');
  return join(read('XDG_DATA_HOME') ?? join(read('HOME') ?? '.', '.local', 'share'), 'lapak', 'centre');
}

function urlOf(read: Read, name: string, protocols: readonly string[]): string | undefined {
  const text = read(name);
  if (text === undefined) return undefined;
  if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return text;
  // The value is not repeated: it may hold a password.
  throw new WrongSetting(
    `${name} is not an address that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}.`,
  );
}

function portOf(read: Read): number | undefined {
  const text = read('LAPAK_SERVER_PORT');
  if (text === undefined) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new WrongSetting(`LAPAK_SERVER_PORT is “${text}”; a port is a whole number up to 65535.`);
}
