// The centre as an administrator sets it up on its server: settings, the first administrator, the start, and what each says when it cannot.
import { spawn } from 'node:child_process';
import { describe, expect, it, onTestFinished } from 'vitest';
import { binary, cleanEnv, runIn, testFolder } from './test-cli.ts';

const START_MS = 90_000;

function startServer(folder: string, ...flags: string[]) {
  const child = spawn(process.execPath, [binary, 'server', 'start', '--port', '0', '--json', ...flags], {
    env: cleanEnv(folder),
    stdio: 'pipe',
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    said.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said.stderr += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  return { said, interrupt: () => void child.kill('SIGINT'), ended };
}

describe('a new centre', () => {
  it(
    'takes its first administrator on its machine, who signs in and adds the others; the second first one is refused',
    async () => {
      const folder = testFolder();
      const admin = (login: string, password: string, ...more: string[]) =>
        runIn(folder, ['server', 'admin', login, '--password', '-', ...more], { input: `${password}\n` });
      expect(await admin('siti', 'short')).toMatchObject({ code: 2, stderr: expect.stringContaining('password') });
      const added = await admin('siti', 'correct horse battery', '--json');
      expect(JSON.parse(added.stdout)).toMatchObject({ ok: true, result: { login: 'siti', role: 'admin' } });
      expect(added.stdout + added.stderr).not.toContain('horse');
      expect(await admin('budi', 'correct horse battery')).toMatchObject({
        code: 3,
        stdout: '',
        stderr: expect.stringContaining('lapak user add'),
      });

      const server = startServer(folder);
      await expect.poll(() => server.said.stdout, { timeout: START_MS, interval: 100 }).toContain('url');
      // The answer alone: what the server logs stands on standard error.
      const { url } = JSON.parse(server.said.stdout).result;
      await expect.poll(() => server.said.stderr).toContain('the centre is up');
      expect(await admin('budi', 'correct horse battery')).toMatchObject({ code: 3, stderr: expect.stringContaining('in use') });
      const input = 'correct horse battery\n';
      expect(await runIn(folder, ['login', '--server', url, '--login', 'siti', '--password', '-'], { input })).toMatchObject({
        code: 0,
      });
      const more = ['user', 'add', 'budi', '--name', 'Budi', '--role', 'manager', '--password', '-'];
      expect(await runIn(folder, more, { input })).toMatchObject({ code: 0, stdout: expect.stringContaining('budi') });
      server.interrupt();
      expect(await server.ended).toBe(0);
      expect(JSON.parse(server.said.stdout)).toMatchObject({ ok: true });
    },
    START_MS * 2,
  );

  it('without an administrator says how to add one', async () => {
    const server = startServer(testFolder());
    await expect.poll(() => server.said.stderr, { timeout: START_MS, interval: 100 }).toContain('lapak server admin');
    // Until it says where it is, it is still starting, and Ctrl+C ends it as any other program.
    await expect.poll(() => server.said.stdout, { timeout: START_MS, interval: 100 }).toContain('url');
    server.interrupt();
    expect(await server.ended).toBe(0);
  }, 90_000);
});

describe('the settings of a centre', () => {
  it('are one name for one thing, by flag, environment and file', async () => {
    const folder = testFolder();
    const check = async (args: string[], env: Record<string, string>) => {
      const { stdout } = await runIn(folder, ['server', 'check', '--json', ...args], { env });
      const rows = JSON.parse(stdout).result as { setting: string; value: unknown }[];
      return Object.fromEntries(rows.map(({ setting, value }) => [setting, value]));
    };
    const env = { LAPAK_PORT: '7105', LAPAK_HOST: '0.0.0.0', LAPAK_SECRET_KEY: 'x'.repeat(40) };
    expect(await check([], env)).toMatchObject({ port: 7_105, host: '0.0.0.0', secretKey: '(hidden)' });
    expect(await check(['--port', '7106'], env)).toMatchObject({ port: 7_106, dataFolder: `${folder}/data/centre` });
    expect(await check([], {})).toMatchObject({ port: 7_100, host: '127.0.0.1' });
  });

  it.each([
    ['no key in production', { NODE_ENV: 'production' }, 'openssl rand -base64 32'],
    ['a key that is too short', { LAPAK_SECRET_KEY: 'short' }, 'openssl rand -base64 32'],
    ['a port that is none', { LAPAK_PORT: '71000' }, 'LAPAK_PORT'],
    ['a database that is none', { DATABASE_URL: 'mysql://root:hush@db/lapak' }, 'DATABASE_URL'],
  ])('with %s are wrong use, in three lines', async (_, env, text) => {
    const ran = await runIn(testFolder(), ['server', 'start'], { env });
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toMatch(/^Error: .+\n {2}Why: {2}.+\n {2}Next: .+\n$/);
    expect(ran.stderr).toContain(text);
    expect(ran.stderr).not.toMatch(/hush|short,/);
  });
});
