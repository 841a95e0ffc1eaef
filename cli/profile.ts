// The person's config.toml: which centre each profile names, and the token it was given. Written whole, owner-readable only.
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { wrongUse } from './failure.ts';
import { configFolder, type Env } from './folders.ts';

export interface Profile {
  server?: string;
  token?: string;
  /** The folder of the store node on this machine, if there is one. */
  dataFolder?: string;
}

export interface ConfigFile {
  /** The profile that is used when none is named. */
  profile?: string;
  output?: string;
  timeout?: number;
  limit?: number;
  profiles: Record<string, Profile>;
}

export const configPath = (env: Env): string => join(configFolder(env), 'config.toml');

export async function readConfig(env: Env): Promise<ConfigFile> {
  const path = configPath(env);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw wrongUse(
      `${path} cannot be read (${error.code}).`,
      'Mend its permissions, or name another folder in LAPAK_CONFIG_DIR.',
    );
  });
  if (text === undefined) return { profiles: {} };
  const { parse } = await import('smol-toml');
  try {
    return { profiles: {}, ...parse(text) } as ConfigFile;
  } catch (error) {
    const [first] = (error as Error).message.split('\n');
    throw wrongUse(
      `${path} is not valid TOML: ${first}.`,
      `Mend the file, or move it away and sign in again with \`lapak login\`.`,
    );
  }
}

export async function writeConfig(env: Env, config: ConfigFile): Promise<void> {
  const path = configPath(env);
  const { stringify } = await import('smol-toml');
  await mkdir(configFolder(env), { recursive: true, mode: 0o700 });
  // Beside it and renamed, so that a full disk or a power cut leaves the old file whole.
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, `${stringify(config)}\n`, { mode: 0o600 });
  await rename(draft, path);
}

/** Sets one profile and leaves the others. The first one becomes the one that is used when none is named. */
export async function saveProfile(env: Env, name: string, profile: Profile): Promise<ConfigFile> {
  const config = await readConfig(env);
  const next = { ...config, profile: config.profile ?? name, profiles: { ...config.profiles, [name]: profile } };
  await writeConfig(env, next);
  return next;
}
