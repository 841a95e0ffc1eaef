// The story of a day from the first float to the report at the centre: what the store closes is what the centre adds up from its own rows.
import { expect, it } from 'vitest';
import { client } from '#schema/client';
import { present } from '#schema/values/assert';
import { idMaker } from '#schema/values/id';
import { reportContract } from '#schema/wire/report';
import { returnContract } from '#schema/wire/return';
import { shiftContract } from '#schema/wire/shift';
import { randomBytes, systemClock } from '#sync-server/base/clock';
import { type ChainNode, startChain } from './test-chain.ts';

const makeId = idMaker(systemClock, randomBytes);

function callsOf({ url, token }: ChainNode) {
  const calls = { baseUrl: url, fetch, headers: () => ({ authorization: `Bearer ${token}` }) };
  return { shift: client(shiftContract, calls), return: client(returnContract, calls), report: client(reportContract, calls) };
}

it('[REP-06] a day with sales, a return, a void, its drawer and a shortage is the same at the centre, and the next begins anew', async () => {
  const { centre, storeId, startNode, productId } = await startChain();
  const node = await startNode();
  await expect.poll(() => node.price('KOPI-SUSU')).toBe(1_800_000);
  const calls = callsOf(node);
  const params = { id: storeId };
  const shift = await calls.shift.open({ body: { id: makeId(), denominations: [{ worth: 10_000_000, count: 2 }] } });
  const sold = await node.sell('KOPI-SUSU', 3);
  await node.sell('TEH-MANIS');
  await calls.return.take({
    body: {
      id: makeId(),
      receipt: sold.receipt,
      lines: [{ lineId: present(sold.lines[0], 'a sale has lines').lineId, quantity: 1, restock: true }],
      total: 1_800_000,
      refunds: [{ refundId: makeId(), method: 'cash', amount: 1_800_000 }],
      reason: 'Salah pesan',
    },
  });
  await node.sale.void({
    params: { id: makeId() },
    body: { lines: [{ lineId: makeId(), productId: productId('TEH-MANIS'), quantity: 2 }], reason: 'Tidak jadi' },
  });
  await calls.shift.move({ body: { id: makeId(), kind: 'pay-out', amount: 500_000, reason: 'Galon' } });
  await calls.shift.move({ body: { id: makeId(), kind: 'no-sale', amount: 0, reason: 'Tukar' } });
  await calls.shift.count({ params: { id: shift.id }, body: { denominations: [{ worth: 10_000_000, count: 2 }] } });
  await calls.shift.close({ params: { id: shift.id }, body: { reason: 'Kurang' } });
  const first = await calls.report.close({ body: { id: makeId() } });
  expect(first.totals).toMatchObject({
    net: 4_200_000,
    voids: { count: 1, amount: 1_200_000 },
    noSales: 1,
    shifts: { count: 1, over: 0, short: 3_700_000 },
  });
  const next = await node.sell('TEH-MANIS');
  expect(next.businessDate > first.businessDate).toBe(true);
  await expect
    .poll(async () => (await centre.as.report.list({ params, query: {} })).items, { timeout: 15_000 })
    .toMatchObject([{ ...first, storeId, generation: 1 }]);
  await centre.settle();
  expect((await centre.as.exception.list({ query: { storeId } })).items).toEqual([]);
  expect((await calls.report.look()).totals.sales).toEqual({ count: 1, amount: 600_000 });
});
