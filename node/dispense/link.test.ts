// The link that shows a voucher on a customer's phone: it opens that voucher alone, as long as it is good, and nobody can make one up.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ProblemError } from '#schema/client';
import { present } from '#schema/values/assert';
import type { Clock } from '#schema/values/clock';
import { systemClock } from '../base/clock.ts';
import { saleOf, startTestNode, type TestNode } from '../test-node.ts';

let ahead = 0;
const clock: Clock = { ...systemClock, now: () => systemClock.now() + ahead };
let node: TestNode;

beforeAll(async () => {
  node = await startTestNode({
    demo: true,
    clock,
    host: '127.0.0.1',
    lan: { names: [], tlsPort: 0, tlsOnly: false },
    readHosts: () => ({ names: ['kasir'], addresses: ['192.168.7.20'] }),
  });
});
afterAll(() => node.remove());

const sold = async () => {
  const { vouchers } = await node.sale.close({ body: saleOf(node, { 'AIR-600': 1 }) });
  return present(vouchers[0], 'a voucher');
};

/** Under the address of the link the test cannot reach it: its path, at the node. */
const open = (url: string, more = '') => fetch(`${node.url}${new URL(url).pathname}${more}`);

it('[DSP-01] shows the QR as PNG or SVG to whoever has the link, without a till, and is kept by nobody', async () => {
  const voucher = await sold();
  const { url, expiresAt } = await node.voucher.link({ params: { id: voucher.id } });
  expect(url).toMatch(/^http:\/\/[^/]+\/v\/[\w-]{43}$/);
  expect(expiresAt).toBe(voucher.expiresAt);
  expect((await node.voucher.link({ params: { id: voucher.id } })).url).toBe(url);
  for (const [format, start] of [
    ['', /PNG/],
    ['?format=svg', /^<svg/],
  ] as const) {
    const answer = await open(url, format);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
    expect((await answer.text()).slice(0, 8)).toMatch(start);
  }
});

it('[DSP-01] [DSP-02] cannot be guessed or changed into another voucher’s, and ends with the voucher', async () => {
  const [voucher, other] = [await sold(), await sold()];
  const { url } = await node.voucher.link({ params: { id: voucher.id } });
  const token = Buffer.from(new URL(url).pathname.slice(3), 'base64url');
  const codeOf = async (changed: Buffer | string) => {
    const text = typeof changed === 'string' ? changed : changed.toString('base64url');
    const answer = await fetch(`${node.url}/v/${text}`);
    return [answer.status, ((await answer.json()) as { code: string }).code];
  };
  const foreign = Buffer.concat([Buffer.from(other.id.replaceAll('-', ''), 'hex'), token.subarray(16)]);
  const changed = Buffer.from(token);
  changed[31] = (changed[31] ?? 0) ^ 1;
  for (const wrong of [foreign, changed, token.subarray(0, 31), 'hello'])
    expect(await codeOf(wrong)).toEqual([404, 'unknown-link']);
  ahead += 16 * 60_000;
  expect(await codeOf(token)).toEqual([409, 'voucher-closed']);
  const refused = await node.voucher.link({ params: { id: voucher.id } }).catch((error: unknown) => error as ProblemError);
  expect(refused).toMatchObject({ problem: { code: 'voucher-closed', status: 409 } });
});

it('[DSP-01] says that no phone reaches a box whose network is not enabled', async () => {
  const alone = await startTestNode({ demo: true });
  const { vouchers } = await alone.sale.close({ body: saleOf(alone, { 'AIR-600': 1 }) });
  const id = present(vouchers[0], 'a voucher').id;
  await expect(alone.voucher.link({ params: { id } })).rejects.toMatchObject({ problem: { code: 'no-lan' } });
  await alone.remove();
});
