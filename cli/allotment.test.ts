// What the centre asks of a store's goods beyond moving them: setting some aside, and comparing what readers of tags saw; the binary against
// a real chain.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { startChain } from '#scripts/story/test-chain';
import { startTestCentre, type TestCentre } from '#sync-server/test-centre';
import { type RunOptions, runIn, testFolder } from './test-cli.ts';

const lapakAt =
  (centre: TestCentre) =>
  (args: readonly string[], more: RunOptions = {}) =>
    runIn(testFolder(), args, {
      ...more,
      env: { LAPAK_SERVER: centre.url, LAPAK_TOKEN: centre.admin.token, LAPAK_TIMEOUT: '60' },
    });

it('[INV-03] allotments are asked for, listed and given back; what the store lacks it refuses, and says so', {
  timeout: 120_000,
}, async () => {
  const chain = await startChain();
  const node = await chain.startNode();
  const lapak = lapakAt(chain.centre);
  const store = chain.storeId;
  const coffee = () => node.store.stock.level(chain.productId('KOPI-SUSU'));
  await lapak(['stock', 'move', store, 'KOPI-SUSU', '10', '--kind', 'receive', '--wait']);
  const asked = await lapak(['allotment', 'ask', store, 'KOPI-SUSU', '8', '--until', '2099-01-31T10:00:00Z', '--wait']);
  expect(asked).toMatchObject({ code: 0, stdout: expect.stringMatching(/^8 × .*has set them aside\.\n$/) });
  expect(coffee()).toEqual({ onHand: 10, reserved: 8 });
  const more = await lapak(['allotment', 'ask', store, 'KOPI-SUSU', '3', '--wait']);
  expect([more.code, more.stdout]).toEqual([3, '']);
  expect(more.stderr).toContain('The store refused it');
  await chain.centre.settle();
  const listed = await lapak(['allotment', '--json']);
  const { result } = JSON.parse(listed.stdout) as { result: { id: string }[] };
  expect(result).toMatchObject([{ quantity: 8, expiresAt: '2099-01-31T10:00:00.000Z', released: null }]);
  const id = result[0]?.id ?? '';
  expect(await lapak(['allotment', 'return', id, '--dry-run'])).toMatchObject({ code: 0 });
  expect(coffee().reserved).toBe(8);
  expect((await lapak(['allotment', 'return', id, '--wait'])).stdout).toContain('the store has it back.');
  expect(coffee()).toEqual({ onHand: 10, reserved: 0 });
  await chain.centre.settle();
  expect((await lapak(['allotment', 'list'])).stdout).toContain('No store has set anything aside.');
  expect((await lapak(['allotment', 'list', '--released', '--columns', 'quantity,released'])).stdout).toMatch(/8 +cancelled/);
});

it('[INV-06] what a reader saw comes from a file or is piped in, each tag once; the store compares it', {
  timeout: 120_000,
}, async () => {
  const chain = await startChain();
  await chain.startNode();
  const lapak = lapakAt(chain.centre);
  const file = join(testFolder(), 'seen.txt');
  const tag = '3074257BF7194E4000001A85';
  writeFileSync(file, `${tag}\n${tag}\n\n`);
  const handed = await lapak(['stock', 'tags', chain.storeId, 'fridge-1', file, '--effect', 'move', '--wait']);
  expect(handed).toMatchObject({ code: 0, stdout: expect.stringMatching(/^1 tags at fridge-1: .*has compared them\.\n$/) });
  const piped = await lapak(['stock', 'tags', chain.storeId, 'fridge-1', '--effect', 'move', '--wait'], { input: '' });
  expect(piped.stdout).toMatch(/^0 tags at fridge-1: .*has compared them\.\n$/);
});

describe('what cannot be asked', () => {
  let centre: TestCentre;
  beforeAll(async () => {
    centre = await startTestCentre();
    await centre.addStore({ code: 'warung-sari', name: 'Warung Sari' });
    await centre.as.taxRate.set({ body: { country: 'ID', taxClass: 'standard', name: 'PPN', rate: 1_100, inclusive: true } });
    await centre.as.product.create({ body: { id: centre.makeId(), sku: 'KOPI-SUSU', name: 'Kopi susu' } });
  });

  const many = Array.from({ length: 5_001 }, (_, index) => `TAG${index}`).join('\n');

  it.each([
    ['[INV-03] a time that is none', 'allotment ask warung-sari KOPI-SUSU 1 --until soon', '', 2, '--until'],
    ['[INV-03] less than nothing', 'allotment ask warung-sari KOPI-SUSU -- -1', '', 2, 'without a minus'],
    ['[INV-03] a store that is not there', 'allotment ask nowhere KOPI-SUSU 1', '', 4, 'lapak store list'],
    ['[INV-03] an allotment that is not there', 'allotment return ffffffff', '', 4, 'lapak allotment list'],
    ['[INV-06] a file that is not there', 'stock tags warung-sari fridge-1 /nowhere/seen.txt', '', 2, 'one tag a line'],
    ['[INV-06] more tags than a store takes at once', 'stock tags warung-sari fridge-1', many, 2, 'at most 5000'],
  ])('%s says what to do', async (_, args, input, code, text) => {
    const ran = await lapakAt(centre)(args.split(' '), { input });
    expect([ran.code, ran.stdout]).toEqual([code, '']);
    expect(ran.stderr).toContain(text);
  });
});
