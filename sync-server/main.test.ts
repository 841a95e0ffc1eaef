// The centre as a program: starts from its settings, keeps what it must across a restart, refuses to run production without its key.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Clock } from '#schema/values/clock';
import { systemClock } from './base/clock.ts';
import type { Log } from './base/log.ts';
import { addFirstAdmin, migrateCentre, startCentre } from './main.ts';
import { readCentreSettings, WrongSetting } from './settings.ts';
import { startTestCentre } from './test-centre.ts';
import { post } from './test-node.ts';

const log: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'lapak-centre-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** The real clock, with a count of what is still to be called. */
function countingClock(): Clock & { waiting(): number } {
  const waiting = new Set<object>();
  return {
    now: systemClock.now,
    after(delayMs, call) {
      const one = {};
      waiting.add(one);
      const cancel = systemClock.after(delayMs, () => {
        waiting.delete(one);
        call();
      });
      return () => {
        waiting.delete(one);
        cancel();
      };
    },
    waiting: () => waiting.size,
  };
}

// A database in a folder takes seconds to begin, and a busy machine several times as long.
describe('the centre as a program', { timeout: 120_000 }, () => {
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

  it('leaves nothing waiting when it has stopped, also with live requests open', async () => {
    const clock = countingClock();
    const centre = await startTestCentre({ clock });
    const node = await centre.enrolNode();
    const headers = { authorization: `Bearer ${await node.token()}` };
    const shape = `${centre.url}/sync/shapes/products`;
    const first = await fetch(`${shape}?offset=-1`, { headers });
    const [handle, offset] = [first.headers.get('electric-handle'), first.headers.get('electric-offset')];
    await first.text();
    const before = clock.waiting();
    const live = `${shape}?handle=${handle}&offset=${offset}&live=true`;
    const open = [live, `${live}&live_sse=true`].map((url) => fetch(url, { headers }).then((answer) => answer.text()));
    const ends = Promise.allSettled(open);
    await expect.poll(() => clock.waiting()).toBeGreaterThanOrEqual(before + 2);
    await centre.stop();
    await ends;
    expect(clock.waiting()).toBe(0);
  });

  it('takes its first administrator once, from beside the server; a weak password changes nothing', async () => {
    const place = { dataFolder: folder() };
    const siti = { login: 'Siti', name: 'Siti', password: 'correct horse battery' };
    expect(await addFirstAdmin(place, { ...siti, password: 'short' })).toMatchObject({ code: 'bad-input', field: 'password' });
    expect(await addFirstAdmin(place, { ...siti, login: 's' })).toMatchObject({ code: 'bad-input', field: 'login' });
    expect(await addFirstAdmin(place, siti)).toMatchObject({ ok: true, value: { login: 'siti', role: 'admin' } });
    expect(await addFirstAdmin(place, { ...siti, login: 'budi' })).toMatchObject({
      code: 'admin-exists',
      next: expect.stringContaining('user add'),
    });
  });

  it('keeps another process off its own database: two would write over each other', async () => {
    const dataFolder = folder();
    const centre = await startCentre({ dataFolder, port: 0, log });
    // Its lock as another process would have written it; process 1 lives wherever tests do.
    const lock = join(dataFolder, 'database.lock');
    expect(readFileSync(lock, 'utf8').trim()).toBe(String(process.pid));
    await centre.stop();
    expect(existsSync(lock)).toBe(false);
    writeFileSync(lock, '1\n');
    await expect(migrateCentre({ dataFolder })).rejects.toMatchObject({ name: 'FolderInUse' });
    writeFileSync(lock, '999999999\n');
    await migrateCentre({ dataFolder });
  });

  it('in production does not start without LAPAK_SECRET_KEY, and says so before it touches anything', async () => {
    const started = startCentre({ dataFolder: join(folder(), 'none'), port: 0, log, production: true });
    await expect(started).rejects.toThrow('LAPAK_SECRET_KEY');
  });
});

describe('the settings of the centre', () => {
  it('come from the environment; what is empty is not set', () => {
    const env = {
      DATABASE_URL: 'postgres://db/lapak',
      LAPAK_TRUST_PROXY: 'true',
      ELECTRIC_URL: '',
    };
    expect(readCentreSettings(env)).toMatchObject({ databaseUrl: 'postgres://db/lapak', trustProxy: true });
    expect(readCentreSettings(env).electricUrl).toBeUndefined();
  });

  it.each([
    ['DATABASE_URL', 'mysql://root:hush@db/lapak'],
    ['ELECTRIC_URL', 'electric:3000'],
  ])('%s=%s is refused by name, without its value where that may hold a password', (name, value) => {
    expect(() => readCentreSettings({ [name]: value })).toThrow(WrongSetting);
    expect(() => readCentreSettings({ [name]: value })).toThrow(name);
    expect(() => readCentreSettings({ [name]: value })).not.toThrow('hush');
  });
});
