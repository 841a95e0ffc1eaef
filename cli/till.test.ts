// Tills as somebody pairs them on a store's machine: by the command, against a real node; and what the settings of the LAN say.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestNode, type TestNode } from '#node/test-node';
import { client } from '#schema/client';
import { tillContract } from '#schema/wire/till';
import { checkLan } from './doctor/checks.ts';
import { lanOf } from './lan.ts';
import type { Sources } from './settings.ts';
import { runIn, testFolder } from './test-cli.ts';

describe('a till by the command', () => {
  let node: TestNode;
  beforeAll(async () => {
    node = await startTestNode();
  });
  afterAll(() => node.remove());

  const lapak = (...args: string[]) => runIn(testFolder(), ['till', ...args, '--data-folder', node.dataFolder]);

  it('[SYN-10] [OPS-02] is paired by a code, listed, shut out, and paired again', { timeout: 120_000 }, async () => {
    expect((await lapak('pair', '--dry-run')).stdout).toContain('POST /api/v1/tills/codes');
    const made = await lapak('pair', '--name', 'Teras', '--json');
    const { code } = JSON.parse(made.stdout).result as { code: string };
    await client(tillContract, { baseUrl: node.url, fetch }).pair({ body: { code } });
    expect((await lapak()).stdout).toMatch(/T2 +Teras +1 /);
    expect(await lapak('revoke', 't2')).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    expect((await lapak('revoke', 'teras', '--yes')).stdout).toContain('lapak till pair --till T2');
    expect((await lapak('list')).stdout).toMatch(/T2 +Teras +0 .*\d{2}:\d{2}.*\d{2}:\d{2}/);
    const again = await lapak('pair', '--till', 't2');
    expect(again).toMatchObject({ code: 0, stdout: expect.stringMatching(/^[0-9A-Z]{4}-[0-9A-Z]{4}\n/) });
    expect(again.stderr).toContain('--lan on');
    expect(await lapak('pair', '--till', 'T9')).toMatchObject({ code: 4, stderr: expect.stringContaining('lapak till list') });
    expect(await lapak('revoke', 'T9', '--yes')).toMatchObject({ code: 4 });
  });
});

const sources = (env: Record<string, string>): Sources => ({ flags: {}, env, config: { profiles: {} } });

describe('the settings of the LAN', () => {
  it.each<[Record<string, string>, ReturnType<typeof lanOf>]>([
    [{}, {}],
    [{ LAPAK_LAN: 'off', LAPAK_NODE_HOST: '127.0.0.1' }, { host: '127.0.0.1' }],
    [{ LAPAK_LAN: 'on' }, { lan: { names: [], tlsPort: 7243, tlsOnly: false } }],
    [{ LAPAK_LAN: '1', LAPAK_NODE_TLS_PORT: '8443' }, { lan: { names: [], tlsPort: 8443, tlsOnly: false } }],
    [
      { LAPAK_LAN: 'TLS', LAPAK_LAN_NAMES: 'Kasir.local, kasir.example', LAPAK_NODE_HOST: '192.168.1.5' },
      { host: '192.168.1.5', lan: { names: ['kasir.local', 'kasir.example'], tlsPort: 7243, tlsOnly: true } },
    ],
  ])('[OPS-02] %j says %j', (env, expected) => {
    expect(lanOf(sources(env))).toEqual(expected);
  });

  it.each([
    [{ LAPAK_LAN: 'perhaps' }, 'neither off, on nor tls'],
    [{ LAPAK_LAN: 'on', LAPAK_LAN_NAMES: 'kasir:7200' }, 'no name of a machine'],
    [{ LAPAK_LAN: 'on', LAPAK_NODE_TLS_PORT: '99999' }, 'not a port'],
  ])('[OPS-02] %j is wrong use', (env, why) => {
    expect(() => lanOf(sources(env))).toThrow(why);
  });
});

describe('the doctor on the LAN', () => {
  const now = Date.parse('2026-11-20T05:00:00Z');
  const lan = {
    tlsOnly: false,
    plain: ['http://192.168.1.5:7200', 'http://kasir.local:7200'],
    safe: ['https://192.168.1.5:7243'],
    fingerprint: 'AA:BB',
    certificateEndsAt: '2027-05-01T00:00:00.000Z',
  };
  const answering = (async () => new Response('{}')) as typeof fetch;
  const silent = (async () => Promise.reject(new Error('no route'))) as typeof fetch;
  const look = (more: Partial<Parameters<typeof checkLan>[0]>) =>
    checkLan({ lan, fetch: answering, now, timeoutMs: 1_000, ...more });

  it('[OPS-01] is content with one that answers, and says what to do where it does not or its certificate ends', async () => {
    const states = await Promise.all([
      look({}),
      look({ lan: null }),
      look({ fetch: silent }),
      look({ lan: { ...lan, plain: ['http://kasir.local:7200'] } }),
      look({ now: Date.parse('2027-04-29T00:00:00Z') }),
    ]);
    expect(states.map(([finding]) => finding?.state)).toEqual(['ok', 'off', 'problem', 'warning', 'problem']);
    expect(states[2]?.[0]).toMatchObject({
      detail: expect.stringContaining('192.168.1.5'),
      next: expect.stringContaining('firewall'),
    });
  });
});
