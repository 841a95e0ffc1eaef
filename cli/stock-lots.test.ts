// Stock as an administrator reads and asks for it: the binary against a real centre that a store has told its facts.
import { beforeAll, expect, it } from 'vitest';
import { startTestCentre, type TestCentre } from '#sync-server/test-centre';
import { runIn, testFolder } from './test-cli.ts';

let centre: TestCentre;

const lapak = (...args: string[]) =>
  runIn(testFolder(), args, { env: { LAPAK_SERVER: centre.url, LAPAK_TOKEN: centre.admin.token } });

beforeAll(async () => {
  centre = await startTestCentre();
  const storeId = await centre.addStore({ code: 'warung-sari', name: 'Warung Sari' });
  await centre.as.taxRate.set({ body: { country: 'ID', taxClass: 'standard', name: 'PPN', rate: 1_100, inclusive: true } });
  const productId = centre.makeId();
  await centre.as.product.create({ body: { id: productId, sku: 'SUSU-1L', name: 'Susu 1 l', lowStockAt: 5 } });
  const node = await centre.enrolNode(storeId);
  const line = { lineId: centre.makeId(), productId, quantity: 6, expected: null };
  const lot = { cost: 9_000_000, lotCode: 'S-12', expiresOn: '2026-12-24' };
  const delivery = { supplier: 'CV Tirta', document: '8841', note: null, currency: 'IDR', intent: '0'.repeat(64) };
  const wasted = { lineId: centre.makeId(), productId, quantity: 2, lotId: null };
  const waste = { reason: 'damaged', note: null, approvedBy: null, intent: '0'.repeat(64) };
  node.append(
    { kind: 'goods.received', body: { deliveryId: centre.makeId(), ...delivery, lines: [{ ...line, ...lot }] } },
    { kind: 'goods.wasted', body: { wasteId: centre.makeId(), ...waste, lines: [wasted] } },
  );
  await node.push();
});

it('[INV-05] lists lots and their worth, and says the worth of all of it beside the answer', async () => {
  await centre.settle();
  const lots = await lapak('stock', 'lots', 'warung-sari', '--product', 'susu', '--expires', '2026-12-31');
  expect(lots).toMatchObject({ code: 0, stderr: '' });
  expect(lots.stdout).toMatch(/Susu 1 l +S-12 +4 +6 +60\.000 +2026-12-24/);
  expect((await lapak('stock', 'lots', 'warung-sari', '--expires', '2026-12-01')).stdout).toContain('No such lot');
  const value = await lapak('stock', 'value', 'warung-sari');
  expect(value.stdout).toMatch(/SUSU-1L +Susu 1 l +fifo +1 +4 +60\.000 +0/);
  expect(value.stderr).toContain('Rp 60.000');
});

it('[INV-01] [INV-04] says why a level is what it is, and what got low', async () => {
  const { stdout } = await lapak('stock', 'movements', 'warung-sari', 'SUSU-1L');
  expect(stdout).toMatch(/waste +-2 +-30\.000 +damaged\n.*receive +6 +90\.000/);
  expect((await lapak('stock', 'low')).stdout).toMatch(/warung-sari +SUSU-1L +Susu 1 l +4 +5/);
});

it('[INV-05] asks for goods with what they bring along, and refuses that for goods that go', async () => {
  const brought = ['--cost', '150000', '--lot', 'S-13', '--expires', '2027-01-31'];
  const asked = await lapak(
    'stock',
    'move',
    'warung-sari',
    'SUSU-1L',
    '10',
    '--kind',
    'receive',
    ...brought,
    '--dry-run',
    '--json',
  );
  expect(JSON.parse(asked.stdout)).toMatchObject({
    result: { dryRun: true, body: { cost: 15_000_000, lotCode: 'S-13', expiresOn: '2027-01-31' } },
  });
  const wrong = await lapak('stock', 'move', 'warung-sari', 'SUSU-1L', '--kind', 'waste', ...brought, '--', '-1');
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('Only goods that come in') });
});
