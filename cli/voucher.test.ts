// Vouchers as an administrator of a store box settles them: the binary against a real node.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordOutcome } from '#node/dispense/commands';
import { saleOf, startTestNode, type TestNode } from '#node/test-node';
import { present } from '#schema/values/assert';
import type { Sale } from '#schema/wire/sale';
import { runIn, testFolder } from './test-cli.ts';

let node: TestNode;
let sale: Sale;

beforeAll(async () => {
  node = await startTestNode({ demo: true });
  sale = await node.sale.close({ body: saleOf(node, { 'AIR-600': 4 }) });
  for (const [unit, outcome] of [
    [1, 'uncertain'],
    [2, 'fail'],
  ] as const) {
    const voucher = present(node.store.vouchers.row(present(sale.vouchers[unit], 'a voucher').id), 'a row');
    await node.store.journal.write((commit) => recordOutcome(commit, { voucher, unit: 0, outcome, reason: null }, node.store));
  }
});
afterAll(() => node.remove());

const lapak = (...args: string[]) => runIn(testFolder(), [...args, '--data-folder', node.dataFolder]);

describe('a voucher by the command', () => {
  it('[DSP-01] is listed, and shown with its QR in the terminal while it is good', async () => {
    const listed = await lapak('voucher');
    expect(listed).toMatchObject({ code: 0, stderr: '' });
    expect(listed.stdout).toMatch(new RegExp(`Water 1/1 +Air 600 ml +${sale.receipt} +open`));
    const code = present(sale.vouchers[0]?.code, 'a code');
    const shown = await lapak('voucher', 'show', 'water 1/1');
    expect(shown.stdout).toMatch(/[█▄▀]{7}/);
    expect(shown.stdout).toContain(code);
    const failed = (await lapak('voucher', 'show', 'Water 1/3')).stdout;
    expect(failed).toMatch(/State +failed/);
    expect(failed).not.toMatch(/[█▄▀]/);
    expect(await lapak('voucher', 'show', 'Water 1/1', '--link')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('--lan'),
    });
    expect(await lapak('voucher', 'show', 'Water 1/99')).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('lapak voucher list'),
    });
  });

  it('[DSP-05] [DSP-09] that waits for a person is settled, and a new one is made for what did not come out', async () => {
    const { stdout } = await lapak('voucher', 'cases');
    expect(stdout).toMatch(/Water 1\/2 .* uncertain +poured, not-poured/);
    expect(stdout).toMatch(/Water 1\/3 .* failed +again, refund/);
    expect(await lapak('voucher', 'resolve', 'Water 1/2', 'poured')).toMatchObject({ code: 2 });
    expect(await lapak('voucher', 'resolve', 'Water 1/3', 'poured', '--reason', 'Seen')).toMatchObject({ code: 3 });
    expect((await lapak('voucher', 'resolve', 'Water 1/2', 'poured', '--reason', 'In the tray')).stdout).toContain('dispensed');
    expect((await lapak('voucher', 'again', 'Water 1/3')).stdout).toContain('Water 1/5 is good until');
    expect((await lapak('voucher', 'cancel', 'Water 1/4', '--yes')).stdout).toContain('Water 1/4 is cancelled');
    expect((await lapak('voucher', 'cases')).stdout).toMatch(/Water 1\/4 .* voided +again, refund/);
    expect(await lapak('voucher', 'cancel', 'Water 1/2', '--yes')).toMatchObject({ code: 3 });
  });

  it('[DSP-09] counts in what was paid, poured, given back and is open', async () => {
    // Of the day of the sale: the business day may turn before the look at it.
    const day = ['report', 'dispensing', '--here', '--from', sale.businessDate];
    const { stdout } = await lapak(...day);
    expect(stdout).toMatch(/Water 1 +4 +20\.000 +1 +5\.000 +0 +0 +3 +15\.000 +0 +0 +2 +0/);
    const { result } = JSON.parse((await lapak(...day, '--json')).stdout);
    expect(result.totals).toMatchObject({ paid: { count: 4 }, dispensed: { count: 1 }, open: { count: 3, amount: 1_500_000 } });
    expect(await lapak('report', 'dispensing', '--here', '--from', '2026-02-01', '--to', '2026-01-01')).toMatchObject({
      code: 2,
    });
    expect(await lapak('report', 'dispensing', '--here')).toMatchObject({ code: 0 });
    expect(await lapak('report', 'dispensing')).toMatchObject({ code: 2 });
  });
});
