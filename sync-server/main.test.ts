// The centre as a program: starts from its settings, keeps what it must across a restart, refuses to run production without its key.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Log } from './base/log.ts';
import { migrateCentre, startCentre } from './main.ts';
import { readCentreSettings, WrongSetting } from './settings.ts';
import { post } from './test-node.ts';

const log: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'lapak-centre-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

describe('the centre as a program', () => {
  it('starts on an empty folder, adds the administrator once, and has the same people, key and data after a restart', async () => {
    const dataFolder = folder();
    await migrateCentre({ dataFolder });
    const admin = { login: 'admin', password: 'correct horse battery' };
    const first = await startCentre({ dataFolder, port: 0, log, admin });
    const signIn = (url: string, password: string) => post(`${url}/api/v1/auth/login`, { login: 'admin', password });
    const { token } = (await (await signIn(first.url, admin.password)).json()) as { token: string };
    await first.stop();
    await expect(fetch(`${first.url}/healthz`)).rejects.toThrow();
    const second = await startCentre({ dataFolder, port: 0, log, admin: { ...admin, password: 'another password' } });
    onTestFinished(() => second.stop());
    const me = await fetch(`${second.url}/api/v1/auth/me`, { headers: { authorization: `Bearer ${token}` } });
    expect(me.status).toBe(200);
    expect((await signIn(second.url, admin.password)).status).toBe(200);
  });

  it('in production does not start without LAPAK_SECRET_KEY, and says so before it touches anything', async () => {
    const started = startCentre({ dataFolder: join(folder(), 'none'), port: 0, log, production: true });
    await expect(started).rejects.toThrow('LAPAK_SECRET_KEY');
  });
});

describe('the settings of the centre', () => {
  it('come from the environment; what is empty is not set', () => {
    const env = {
      LAPAK_DATA_DIR: '/srv/lapak',
      DATABASE_URL: 'postgres://db/lapak',
      LAPAK_SERVER_PORT: '7105',
      ELECTRIC_URL: '',
    };
    expect(readCentreSettings(env)).toMatchObject({
      dataFolder: '/srv/lapak/centre',
      databaseUrl: 'postgres://db/lapak',
      port: 7_105,
    });
    expect(readCentreSettings(env).electricUrl).toBeUndefined();
    expect(readCentreSettings({ HOME: '/home/siti' }).dataFolder).toBe('/home/siti/.local/share/lapak/centre');
  });

  it.each([
    ['LAPAK_SERVER_PORT', '71OO'],
    ['DATABASE_URL', 'mysql://root:hush@db/lapak'],
    ['ELECTRIC_URL', 'electric:3000'],
  ])('%s=%s is refused by name, without its value where that may hold a password', (name, value) => {
    expect(() => readCentreSettings({ [name]: value })).toThrow(WrongSetting);
    expect(() => readCentreSettings({ [name]: value })).toThrow(name);
    expect(() => readCentreSettings({ [name]: value })).not.toThrow('hush');
  });
});
