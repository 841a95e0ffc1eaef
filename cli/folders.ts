// Where the command keeps things on this machine: the XDG folders, unless the person says otherwise.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export type Env = Readonly<Record<string, string | undefined>>;

// A relative XDG value is invalid by its specification, and is passed over.
const base = (env: Env, name: string, ...fallback: string[]): string => {
  const value = env[name];
  return value?.startsWith('/') ? value : join(env.HOME || homedir(), ...fallback);
};

export const configFolder = (env: Env): string => env.LAPAK_CONFIG_DIR || join(base(env, 'XDG_CONFIG_HOME', '.config'), 'lapak');

/** The folder below which each program keeps its own: `demo`, `centre`, `node`. */
export const dataFolder = (env: Env, program: 'demo' | 'centre' | 'node'): string =>
  join(base(env, 'XDG_DATA_HOME', '.local', 'share'), 'lapak', program);

export const isNodeFolder = (folder: string): boolean => existsSync(join(folder, 'machine.token'));

/** The folder of this machine's node: the one named, the node inside it (as `lapak up` lays it), or the usual places. */
export function nodeFolder(named: string | undefined, env: Env): string {
  const usual = [dataFolder(env, 'node'), join(dataFolder(env, 'demo'), 'node')];
  const places = named === undefined ? usual : [named, join(named, 'node')];
  return places.find(isNodeFolder) ?? (places[0] as string);
}
