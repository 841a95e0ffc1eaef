// Days of a shop whose dispenser comes and goes: whatever was sold, poured, failed, given back and risked, paid = dispensed + refunded + open
// at the store and at the centre, to the unit and to the coin, and stock went down by what came out.
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { type Pouring, startPouring } from '#node/dispense/test-pouring';
import { present } from '#schema/values/assert';
import type { DispensingReport } from '#schema/wire/report';
import type { Sale } from '#schema/wire/sale';
import { compileTimeoutMs, trialModule } from '#scripts/dispenser-trial/wasm';
import { startTestCentre, type TestCentre } from '#sync-server/test-centre';

const PRICE = 500_000;
const days = { from: '2026-11-21', to: '2026-11-23' };

beforeAll(() => trialModule(), compileTimeoutMs);

const steps = ['sell', 'scan', 'scan', 'jam', 'cut', 'link', 'refund', 'refund', 'risk', 'again', 'wait', 'resolve'] as const;

type Step = (typeof steps)[number];

/** A person at the till, and one at the dispenser, who do one thing after the other. */
function playIn(shop: Pouring) {
  const sales: Sale[] = [];
  let up = true;
  const quietly = (work: Promise<unknown>) => work.catch(() => undefined);
  const pick = <T>(of: readonly T[], at: number): T | undefined => of[at % Math.max(1, of.length)];
  const vouchers = () => sales.flatMap((sale) => shop.statesOf(sale));

  async function cases(as: 'poured' | 'not-poured') {
    for (const { id, may } of (await shop.voucher.cases({ query: { limit: '500' } })).items) {
      const found = may.find((step) => step === as || step === 'loss');
      if (found === 'loss' || found === as) await shop.voucher.resolve({ params: { id }, body: { as: found, reason: 'Seen' } });
    }
  }

  return async (step: Step, at: number): Promise<void> => {
    const sale = pick(sales, at);
    const voucher = pick(vouchers(), at);
    const scan = () => voucher && shop.virtual.scan(shop.store.vouchers.view(voucher).code ?? '');
    if (step === 'sell') sales.push(await shop.sell(1 + (at % 3)));
    if (step === 'link') {
      up = !up;
      shop.virtual.setLink(up);
    }
    if (step === 'jam') shop.virtual.switches.jam = true;
    if (step === 'scan' || step === 'jam' || step === 'cut') scan();
    if (step === 'cut') {
      await shop.pass(at % 1_500);
      shop.virtual.cutPower();
      shop.virtual.powerOn();
    }
    if (step === 'wait') await shop.pass((at % 20) * 60_000);
    if (step === 'refund' && sale) await quietly(shop.giveBack(sale));
    if (step === 'risk' && sale) await quietly(shop.giveBack(sale, 1, { acceptRisk: {} }));
    if (step === 'again' && voucher)
      await quietly(shop.during(shop.voucher.again({ params: { id: voucher.id }, body: at % 2 ? { acceptRisk: {} } : {} })));
    if (step === 'resolve') await cases(at % 2 ? 'poured' : 'not-poured');
    await shop.pass(7_000);
    shop.virtual.switches.jam = false;
    shop.virtual.service(0);
  };
}

/** What facts say, added up without any of the rule's words. */
function counted(shop: Pouring) {
  const read = (sql: string) => Number(present(shop.store.sqlite.prepare<[], { n: number | null }>(sql).get(), 'an aggregate').n);
  const body = (kind: string, path: string) =>
    `SELECT sum(${path}) AS n FROM facts, json_each(text, '$.body.lines') WHERE kind = '${kind}'`;
  return {
    paid: {
      count: read(body('sale.closed', `value ->> '$.quantity'`)),
      amount: read(body('sale.closed', `value ->> '$.total'`)),
    },
    refunded: {
      count: read(body('sale.returned', `value ->> '$.quantity'`)),
      amount: read(body('sale.returned', `value ->> '$.total'`)),
    },
    poured: read(`SELECT -sum(quantity) AS n FROM stock_movements WHERE kind = 'dispense'`),
  };
}

function expectBalance({ totals, rows }: DispensingReport, { paid, refunded, poured }: ReturnType<typeof counted>): void {
  expect(totals.paid).toEqual(paid);
  expect(totals.refunded).toEqual(refunded);
  expect(totals.dispensed.count + totals.lost.count).toBe(poured);
  for (const row of [...rows, totals])
    for (const part of ['count', 'amount'] as const)
      expect(row.paid[part]).toBe(row.dispensed[part] + row.refunded[part] + row.open[part]);
  expect(totals.open.amount).toBe(totals.open.count * PRICE);
}

/** All that the store has written down comes to a store at the centre. */
async function tellCentre(shop: Pouring, centre: TestCentre): Promise<string> {
  const storeId = await centre.addStore({ code: 'warung-sari', name: 'Warung Sari' });
  const node = await centre.enrolNode(storeId);
  const facts = shop.store.sqlite.prepare<[], { text: string }>('SELECT text FROM facts ORDER BY generation, seq').all();
  const own = present(shop.store.stores.current(), 'the store').id;
  for (const { text } of facts) {
    const { id, kind, version, occurredAt, staff, body } = JSON.parse(text.replaceAll(own, storeId));
    node.append({ id, kind, version, occurredAt, staff, body });
  }
  await node.push();
  await centre.settle();
  return storeId;
}

/** The centre has no device of these facts. */
const nameless = ({ rows, ...more }: DispensingReport) => ({
  ...more,
  rows: rows.map((row) => ({ ...row, dispenserName: null })),
});

it('[DSP-09] a random history balances at the store and at the centre, and both say the same', async () => {
  const shop = await startPouring();
  const centre = await startTestCentre();
  try {
    const play = playIn(shop);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...steps), fc.nat(100_000)), { minLength: 15, maxLength: 30 }),
        async (history) => {
          await play('sell', 2);
          for (const [step, at] of history) await play(step, at);
          expectBalance(await shop.report.dispensing({ query: days }), counted(shop));
        },
      ),
      { numRuns: 6, endOnFailure: true },
    );
    shop.virtual.setLink(true);
    await shop.pass(2_000);
    const [poured, returned] = [await shop.sell(), await shop.sell(), await shop.sell()];
    shop.virtual.scan(shop.codeOf(poured));
    await shop.pass(7_000);
    await shop.giveBack(returned);
    const report = await shop.report.dispensing({ query: days });
    expectBalance(report, counted(shop));
    for (const part of ['dispensed', 'refunded', 'open'] as const) expect(report.totals[part].count).toBeGreaterThan(0);

    const storeId = await tellCentre(shop, centre);
    const there = await centre.as.report.dispensing({ params: { id: storeId }, query: days });
    expect(nameless(there)).toEqual(nameless(report));
  } finally {
    await shop.remove();
  }
}, 120_000);

it('[DSP-09] [SYN-06] what a dispenser out of reach poured after its money had gone back is an exception at the centre, and all balances', async () => {
  const shop = await startPouring();
  const centre = await startTestCentre();
  try {
    const [risked, silent] = [await shop.sell(), await shop.sell()];
    shop.virtual.setLink(false);
    await shop.pass(100);
    for (const sale of [risked, silent]) await shop.giveBack(sale, 1, { acceptRisk: {} });
    shop.virtual.scan(shop.codeOf(risked));
    await shop.pass(8_000);
    expect(shop.virtual.motorTurns()).toBe(1);
    shop.virtual.setLink(true);
    await shop.pass(2_000);
    const report = await shop.report.dispensing({ query: days });
    expectBalance(report, counted(shop));
    expect(report.totals.lost).toEqual({ count: 1, amount: PRICE });

    const storeId = await tellCentre(shop, centre);
    expect(nameless(await centre.as.report.dispensing({ params: { id: storeId }, query: days }))).toEqual(nameless(report));
    const { items } = await centre.as.exception.list({ query: {} });
    expect(items).toMatchObject([{ storeCode: 'warung-sari', code: 'poured-refunded', state: 'open' }]);
    const [voucher] = risked.vouchers;
    for (const named of ['warung-sari', voucher?.id ?? '', risked.receipt, 'Rp\u00a05.000'])
      expect(items[0]?.detail).toContain(named);
    const { items: books } = await centre.as.ledger.balances({ query: { storeId } });
    expect(books.reduce((sum, { balance }) => sum + balance, 0)).toBe(0);
    expect(books.find(({ account }) => account === 'store-cash')?.balance).toBe(0);
  } finally {
    await shop.remove();
  }
}, 60_000);
