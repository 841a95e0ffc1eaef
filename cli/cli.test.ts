// The command as people and scripts meet it: its binary against a real centre. Exit codes, documents, errors that say the next step.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { startTestCentre, type TestCentre } from '#sync-server/test-centre';
import { loadedModulesEnv, type RunOptions, runIn, testFolder } from './test-cli.ts';

let centre: TestCentre;

beforeAll(async () => {
  centre = await startTestCentre();
  await centre.addStore({ code: 'warung-sari', name: 'Warung Sari' });
  await centre.as.taxRate.set({ body: { country: 'ID', taxClass: 'standard', name: 'PPN', rate: 1_100, inclusive: true } });
});

/** Signed in as the administrator. */
const lapak = (args: readonly string[], { env = {}, ...more }: RunOptions = {}) =>
  runIn(testFolder(), args, { env: { LAPAK_SERVER: centre.url, LAPAK_TOKEN: centre.admin.token, ...env }, ...more });

const nobody = 'http://127.0.0.1:9';
const count = (text: string, part: string) => text.split(part).length - 1;

describe('the answer', () => {
  it('[OPS-01] is a table for people and one document for programs', async () => {
    const table = await lapak(['store', 'list']);
    expect(table).toMatchObject({ code: 0, stderr: '' });
    expect(table.stdout).toMatch(/^CODE +NAME .*\nwarung-sari +Warung Sari +ID +IDR/);
    const { stdout } = await lapak(['store', 'list', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, result: [{ code: 'warung-sari', currency: 'IDR' }] });
    expect((await lapak(['store', '--output', 'csv', '--columns', 'code,name'])).stdout).toBe(
      'code,name\r\nwarung-sari,Warung Sari\r\n',
    );
  });

  it('of a write names what it made, by code or prefix afterwards', async () => {
    const added = await lapak([
      'product',
      'add',
      'KOPI-SUSU',
      '--name',
      'Kopi susu',
      '--price',
      '18000',
      '--barcode',
      '8990000000013',
      '--json',
    ]);
    expect(JSON.parse(added.stdout)).toMatchObject({
      ok: true,
      result: { sku: 'KOPI-SUSU', prices: [{ amount: 1_800_000, currency: 'IDR' }] },
    });
    expect((await lapak(['product', 'show', 'kopi-s'])).stdout).toContain('Rp 18.000');
    expect((await lapak(['product', 'price', 'KOPI-SUSU', '19.500'])).stdout).toBe(
      'Kopi susu costs Rp 19.500, before Rp 18.000.\n',
    );
  });

  it('of tax and categories is what products need first', async () => {
    expect((await lapak(['tax', 'set', 'SE', 'food', '2.5', '--name', 'Moms', '--inclusive'])).stdout).toBe(
      'Moms: 2.5 % for food in SE.\n',
    );
    expect((await lapak(['tax'])).stdout).toMatch(/SE +food +Moms +2\.5 +in the price/);
    await lapak(['category', 'add', 'Kopi']);
    expect((await lapak(['category', 'add', 'Biji kopi', '--parent', 'kopi', '--json'])).stdout).toContain('"ok": true');
    expect((await lapak(['category', 'list', '--columns', 'name'])).stdout).toBe('NAME\nBiji kopi\nKopi\n');
  });

  it('[OPS-02] of a dry run is what would be sent, and nothing changes', async () => {
    const dry = await lapak(['store', 'add', 'kopi-senja', '--name', 'Kopi Senja', '--dry-run', '--json']);
    expect(JSON.parse(dry.stdout)).toMatchObject({
      ok: true,
      result: {
        dryRun: true,
        method: 'POST',
        path: '/api/v1/stores',
        body: { code: 'kopi-senja', currency: 'IDR', timeZone: 'Asia/Jakarta' },
      },
    });
    expect((await lapak(['store', 'list'])).stdout).not.toContain('kopi-senja');
  });

  it('holds no escape codes where there is no terminal, and hints stand beside it', async () => {
    for (const sku of ['A-1', 'A-2']) await lapak(['product', 'add', sku, '--name', sku]);
    const { stdout, stderr } = await lapak(['product', 'list', '--limit', '1']);
    expect(stdout + stderr).not.toContain('\u001b');
    expect(count(stdout, '\n')).toBe(2);
    expect(stderr).toContain('--limit 0');
    expect((await lapak(['product', 'list', '--limit', '1', '--quiet'])).stderr).toBe('');
  });
});

describe('an error', () => {
  it.each([
    ['an unknown command', ['stroe', 'list'], 2, 'Did you mean `lapak store list`?'],
    ['an unknown flag', ['store', 'list', '--colour'], 2, '--colour'],
    ['a missing argument', ['product', 'price', 'KOPI'], 2, 'amount'],
    ['a price that cannot be', ['product', 'add', 'X', '--name', 'X', '--price', '19.5'], 2, '--price “19.5”'],
    ['a form that does not exist', ['store', 'list', '--output', 'xml'], 2, '--output'],
    ['a profile that does not exist', ['store', 'list', '--profile', 'work'], 2, 'lapak login --profile work'],
    ['an address that is none', ['store', 'list', '--server', 'lapak'], 2, '--server “lapak”'],
    ['a code that is taken', ['store', 'add', 'warung-sari', '--name', 'Again'], 3, 'warung-sari'],
    ['a thing that is not there', ['store', 'show', 'nowhere'], 4, 'lapak store list'],
    ['no node on this machine', ['node', 'status'], 4, 'lapak up'],
    ['a password in sight', ['login', '--login', 'admin', '--password', 'secret'], 2, '--password -'],
    ['a question that nobody can answer', ['product', 'archive', 'KOPI-SUSU'], 2, '--yes'],
  ])('for %s says what, why and what next', async (_, args, code, text) => {
    const ran = await lapak(args);
    expect(ran.stdout).toBe('');
    expect(ran.stderr).toMatch(/^Error: .+\n {2}Why: {2}.+\n {2}Next: .+\n$/);
    expect(ran.stderr).toContain(text);
    expect(ran.code).toBe(code);
  });

  it('is one document with --json', async () => {
    const { code, stdout, stderr } = await lapak(['store', 'show', 'nowhere', '--json']);
    expect(JSON.parse(stdout)).toEqual({
      ok: false,
      error: { code: 'unknown-store', message: expect.stringContaining('nowhere'), next: expect.any(String), requestId: null },
    });
    expect([code, stderr]).toEqual([4, '']);
  });

  it('carries the request id of a refusal', async () => {
    const { stdout } = await lapak(['store', 'add', 'warung-sari', '--name', 'Again', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      error: { code: 'code-taken', requestId: expect.stringMatching(/.+/) },
    });
  });

  it('for nobody signed in is 5 and names the login', async () => {
    const { code, stderr } = await lapak(['store', 'list'], { env: { LAPAK_TOKEN: 'wrong' } });
    expect(code).toBe(5);
    expect(stderr).toContain(`lapak login --server ${centre.url}`);
  });

  it('for somebody who may not is 5', async () => {
    const LAPAK_TOKEN = await centre.personWith('operator');
    expect((await lapak(['store', 'add', 'x-1', '--name', 'X'], { env: { LAPAK_TOKEN } })).code).toBe(5);
  });

  it('for a server that is not there is 6, also for a dashboard in a pipe (check 15)', async () => {
    expect(await lapak(['store', 'list', '--server', nobody])).toMatchObject({
      code: 6,
      stderr: expect.stringContaining('lapak doctor'),
    });
    expect((await lapak(['dash', '--plain', '--server', nobody])).code).toBe(6);
  });
});

describe('signing in', () => {
  it('keeps the token in a file that only its owner reads, and signing out forgets it', async () => {
    const folder = testFolder();
    const config = join(folder, 'config', 'config.toml');
    const { login, password } = centre.admin;
    const signedIn = await runIn(folder, ['login', '--server', centre.url, '--login', login, '--password', '-'], {
      input: `${password}\n`,
    });
    expect(signedIn).toMatchObject({ code: 0, stdout: expect.stringContaining('Signed in') });
    expect(statSync(config).mode & 0o777).toBe(0o600);
    expect((await runIn(folder, ['whoami'])).stdout).toContain(centre.url);
    expect((await runIn(folder, ['config', 'list', '--origin'])).stdout).toMatch(
      /token +\(hidden\) +config.toml +profiles.default.token/,
    );
    expect((await runIn(folder, ['logout'])).code).toBe(0);
    expect(readFileSync(config, 'utf8')).not.toContain('token');
    expect((await runIn(folder, ['whoami'])).code).toBe(5);
  });

  it('with a wrong password is refused and keeps nothing', async () => {
    const folder = testFolder();
    const ran = await runIn(folder, ['login', '--server', centre.url, '--login', 'admin', '--password', '-'], { input: 'wrong' });
    expect(ran.code).toBe(5);
    expect(existsSync(join(folder, 'config'))).toBe(false);
  });
});

describe('checks', () => {
  it('[SYN-08] verify the copy of a journal that the centre keeps', async () => {
    expect(await lapak(['audit', 'verify', '--store', 'warung-sari'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Every hash and every signature holds.'),
    });
    expect((await lapak(['audit', 'verify', '--store', 'warung-sari', '--centre-key', 'another'])).code).toBe(10);
  });

  it('find a server that does not answer, and end with 10', async () => {
    const { code, stdout } = await lapak(['doctor', '--server', nobody, '--json']);
    expect(code).toBe(10);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, result: { healthy: false } });
    expect(JSON.parse((await lapak(['doctor', '--json'])).stdout).result.findings).toContainEqual(
      expect.objectContaining({ check: 'Server', state: 'ok' }),
    );
    expect(JSON.parse((await lapak(['doctor', '--json'])).stdout).result.findings).toContainEqual(
      expect.objectContaining({ check: 'Versions', state: 'ok', detail: expect.stringContaining('the centre') }),
    );
  });

  it('print the fleet in a pipe, one line a store (check 15)', async () => {
    const { code, stdout } = await lapak(['dash']);
    expect(stdout).toBe('store Warung Sari, state off, queue ?, sales ?, age -\n');
    expect(code).toBe(0);
  });
});

describe('loading', () => {
  it.each([[['--version']], [['--help']], [['store', 'list']], [['config', 'list']], [['dash', '--plain']], [['doctor']]])(
    'lapak %j loads no React, Ink, Fastify or PGlite',
    async (args) => {
      const file = join(testFolder(), 'loaded');
      await lapak(args, { env: loadedModulesEnv(file) });
      const loaded = existsSync(file) ? readFileSync(file, 'utf8') : '';
      expect(loaded).toContain('cli/main.js');
      expect(loaded).not.toMatch(/node_modules\/(react|ink|yoga-layout|fastify|@electric-sql|better-sqlite3|drizzle-orm|pg)\//);
    },
  );

  it('answers --version as oclif would', async () => {
    const { stdout } = await lapak(['--version']);
    expect(stdout).toMatch(/^lapak\/\d+\.\d+\.\d+ \S+-\S+ node-v\d+/);
    expect((await lapak(['--help'])).stdout).toContain(stdout.trim());
  });
});
