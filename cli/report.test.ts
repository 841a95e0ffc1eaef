// Closed days and shifts as an administrator reads them: the binary against a real centre that a store has told its facts.
import { beforeAll, expect, it } from 'vitest';
import { deedsOfFacts } from '#node/report/test-deeds';
import type { Fact } from '#schema/facts/fact';
import { totalsOf } from '#schema/rules/report';
import { startTestCentre, type TestCentre } from '#sync-server/test-centre';
import { testFacts } from '#sync-server/test-facts';
import { runIn, testFolder } from './test-cli.ts';

let centre: TestCentre;
let shiftId: string;

const lapak = (...args: string[]) =>
  runIn(testFolder(), args, { env: { LAPAK_SERVER: centre.url, LAPAK_TOKEN: centre.admin.token } });

beforeAll(async () => {
  centre = await startTestCentre();
  const storeId = await centre.addStore({ code: 'warung-sari', name: 'Warung Sari' });
  const node = await centre.enrolNode(storeId);
  const facts = testFacts(node.makeId);
  shiftId = node.makeId();
  const tillId = node.makeId();
  const day = { shiftId, tillId, businessDate: '2026-11-20', currency: 'IDR' };
  const intent = '0'.repeat(64);
  const sale = facts.sale([{ product: facts.product(), quantity: 1 }]);
  const counted = { counted: 21_700_000, expected: 21_800_000 };
  const sums = { taken: 1_800_000, givenBack: 0, payIns: 0, payOuts: 0, sinceCount: 0 };
  const told = [
    { kind: 'shift.opened', body: { ...day, number: 1, float: 20_000_000, denominations: [], intent } },
    { ...sale, body: { ...sale.body, shiftId, tillId } },
    { kind: 'shift.counted', body: { shiftId, tillId, ...counted, denominations: [], intent } },
    { kind: 'shift.closed', body: { ...day, ...counted, ...sums, reason: 'Kembalian kurang' } },
  ];
  const report = { reportId: node.makeId(), number: 1, tillId, businessDate: '2026-11-20', firstDate: '2026-11-20' };
  const totals = totalsOf(deedsOfFacts(told as unknown as Fact[]));
  const covers = [{ generation: 1, from: 1, to: told.length }];
  const body = { ...report, currency: 'IDR', covers, totals, vouchersOpen: 3, approvedBy: null, intent };
  node.append(...told, { kind: 'day.closed', body });
  await node.push();
});

it('[REP-06] lists closed days, and shows one by number, day or label', async () => {
  await centre.settle();
  const listed = await lapak('report', 'list', 'warung-sari');
  expect(listed).toMatchObject({ code: 0, stderr: '' });
  expect(listed.stdout).toMatch(/ZA-000001 +2026-11-20 +1 +18\.000 +18\.000 +0 +0 +1\.000/);
  for (const name of ['1', 'za-000001', '2026-11-20']) {
    const shown = await lapak('report', 'show', 'warung-sari', name);
    expect(shown.stdout).toMatch(/Net +Rp 18\.000\n/);
    expect(shown.stdout).toMatch(/Shifts +1 closed, Rp 0 over, Rp 1\.000 short/);
    expect(shown.stdout).toMatch(/cash +1 +18\.000 +0\n/);
    expect(shown.stdout).toMatch(/11 % +16\.216 +1\.784\n/);
  }
  const { result } = JSON.parse((await lapak('report', 'show', 'warung-sari', '1', '--json')).stdout);
  expect(result).toMatchObject({ label: 'ZA-000001', vouchersOpen: 3, covers: [{ generation: 1, from: 1, to: 4 }] });
});

it('[PAY-03] lists shifts with their differences, and shows one by the start of its id', async () => {
  const { stdout } = await lapak('shift', 'list', 'warung-sari', '--filter', 'difference<0');
  expect(stdout).toMatch(/1 +2026-11-20 .* 200\.000 +218\.000 +217\.000 +-1\.000 +Kembalian kurang/);
  for (const name of [shiftId, shiftId.slice(0, 20)]) {
    const shown = await lapak('shift', 'show', 'warung-sari', name);
    expect(shown.stdout).toMatch(/Difference +-Rp 1\.000\n/);
  }
});

it('[REP-06] [PAY-03] says what is not there, in three lines and with the exit code of things that are not', async () => {
  expect(await lapak('report', 'show', 'warung-sari', '2026-01-01')).toMatchObject({
    code: 4,
    stderr: expect.stringContaining('There is no report'),
  });
  expect(await lapak('shift', 'show', 'warung-sari', 'ffffffff')).toMatchObject({ code: 4 });
  expect(await lapak('shift', 'show', 'warung-sari', centre.makeId())).toMatchObject({ code: 4 });
  expect((await lapak('report', 'list', 'nowhere')).code).toBe(4);
});

it('[DSP-09] shows by day and dispenser what was paid, poured and is open', async () => {
  const storeId = await centre.addStore({ code: 'warung-air', name: 'Warung Air' });
  const node = await centre.enrolNode(storeId);
  const facts = testFacts(node.makeId);
  const water = facts.product({ dispensable: true });
  const sale = facts.sale([{ product: water, quantity: 1 }]);
  const other = facts.sale([{ product: water, quantity: 1 }]);
  const issued = facts.issue(water.productId, sale.body);
  node.append(sale, other, issued, facts.issue(water.productId, other.body), facts.finish(issued.body, 'ok'));
  await node.push();
  await centre.settle();
  const told = await lapak('report', 'dispensing', 'warung-air', '--from', sale.body.businessDate);
  expect(told).toMatchObject({ code: 0, stderr: '' });
  const { stdout } = told;
  expect(stdout).toMatch(/ 2 +36\.000 +1 +18\.000 +0 +0 +1 +18\.000 /);
  expect(stdout).toContain('2 paid, Rp 36.000; 1 dispensed, Rp 18.000; 0 refunded, Rp 0; 1 open, Rp 18.000; 0 lost, Rp 0');
});

it('[DSP-09] shows the present business day of the store unless another is named', async () => {
  await centre.addStore({ code: 'warung-hari', name: 'Warung Hari' });
  const today = async () => (await centre.as.fleet.show()).items.find(({ code }) => code === 'warung-hari')?.businessDate;
  const before = await today();
  const { result } = JSON.parse((await lapak('report', 'dispensing', 'warung-hari', '--json')).stdout);
  expect([before, await today()]).toContain(result.from);
  expect(result).toMatchObject({ to: result.from, rows: [] });
  const wrong = await lapak('report', 'dispensing', 'warung-hari', '--from', '2026-02-01', '--to', '2026-01-01');
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('ends before it begins') });
});
