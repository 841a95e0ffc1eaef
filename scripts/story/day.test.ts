// A whole day at two tills with the centre unplugged: everything a shop does, in figures that a person can add up. Then the centre is back,
// and both sides, the books and the closed day say the same to the last unit of money and stock.
import { expect, it } from 'vitest';
import { callsOf } from '#node/test-node';
import { ProblemError } from '#schema/client';
import type { GuardedAction } from '#schema/rules/staff';
import { present } from '#schema/values/assert';
import { idMaker } from '#schema/values/id';
import type { Problem } from '#schema/wire/problem';
import type { DayReport } from '#schema/wire/report';
import type { CloseSale, Sale } from '#schema/wire/sale';
import { randomBytes, systemClock } from '#sync-server/base/clock';
import { type Chain, startChain } from './test-chain.ts';

const soon = { timeout: 20_000, interval: 20 };
const makeId = idMaker(systemClock, randomBytes);

/** The figures of this story are whole rupiah; on the wire they are sen. */
const rp = (rupiah: number): number => rupiah * 100;

const pins = { Ayu: '111222', Budi: '333444', Sari: '555666' };

const qrisStatic =
  '00020101021126670015COM.EXAMPLE.WWW011893600999000000001602150000000000000010303UMI51440014ID.CO.QRIS.WWW0215ID20990000000010303UMI5204581253033605802ID5912KEDAI CONTOH6007JAKARTA61051011062070703A0163042E84';

type Calls = ReturnType<typeof callsOf>;

async function furnish(chain: Chain) {
  const { as } = chain.centre;
  const { storeId } = chain;
  for (const [name, pin] of Object.entries(pins)) {
    const role = name === 'Sari' ? 'manager' : 'cashier';
    await as.staff.create({ body: { id: makeId(), storeId, name, role, pin } });
  }
  const settings = { offlineQris: 'unverified', qrisStatic, cardTerminal: true, tips: true, requireShift: true } as const;
  await as.store.changeSettings({ params: { id: storeId }, body: settings });
  const beer = makeId();
  const price = { amount: rp(40_000), currency: 'IDR' } as const;
  await as.product.create({ body: { id: beer, sku: 'BIR', name: 'Bir', ageLimit: 21, price } });
  return { kopi: chain.productId('KOPI-SUSU'), teh: chain.productId('TEH-MANIS'), air: chain.productId('AIR-600'), bir: beer };
}

const problemOf = (call: Promise<unknown>): Promise<Partial<Problem>> =>
  call.then(
    () => ({}),
    (error: unknown) => (error instanceof ProblemError ? error.problem : { code: String(error) }),
  );

const refusalOf = async (call: Promise<unknown>): Promise<string | undefined> => (await problemOf(call)).code;

type Tender = CloseSale['tenders'][number];
const cash = (rupiah: number): Tender => ({ tenderId: makeId(), method: 'cash', tendered: rp(rupiah) });
const charge = (method: 'card' | 'qris', rupiah: number): Tender => ({
  tenderId: makeId(),
  method,
  amount: rp(rupiah),
  reference: 'REF-1',
});

const saleOf = (total: number, items: Record<string, number>, tenders: Tender[], more: Partial<CloseSale> = {}): CloseSale => ({
  id: makeId(),
  lines: Object.entries(items).map(([productId, quantity]) => ({ lineId: makeId(), productId, quantity })),
  tenders,
  total: rp(total),
  currency: 'IDR',
  ...more,
});

/** That many rupiah in the largest notes and coins. */
async function inNotes(calls: Calls, rupiah: number) {
  let left = rp(rupiah);
  return (await calls.shift.current({})).denominations
    .toSorted((one, other) => other - one)
    .map((worth) => {
      const count = Math.floor(left / worth);
      left -= count * worth;
      return { worth, count };
    });
}

/** The store, its people at two tills, and nobody beyond the door. */
async function openDay() {
  const chain = await startChain();
  const goods = await furnish(chain);
  let isUnplugged = false;
  const node = await chain.startNode({
    fetch: (input, init) => (isUnplugged ? Promise.reject(new TypeError('no network')) : fetch(input, init)),
  });
  await expect.poll(() => node.store.people.list().length, soon).toBe(3);
  await expect.poll(() => node.store.stock.level(goods.air).onHand, soon).toBe(50);
  await expect.poll(() => node.store.stores.current()?.settings.requireShift, soon).toBe(true);
  await expect.poll(async () => (await node.till.products({ query: { ids: goods.bir } })).items.length, soon).toBe(1);
  await node.dispenserThere();
  isUnplugged = true;

  const staffId = (name: string) => node.store.people.list().find((person) => person.name === name)?.id ?? '';
  const signIn = async (token: string, name: keyof typeof pins): Promise<Calls> => {
    const session = await callsOf(node.url, token).staff.signIn({ body: { staffId: staffId(name), pin: pins[name] } });
    return callsOf(node.url, token, session.token);
  };
  const manager = await signIn(node.token, 'Sari');
  const { code } = await manager.till.createCode({ body: { id: makeId() } });
  const second = await callsOf(node.url, '').till.pair({ body: { code } });
  expect(second.till.code).toBe('T2');
  return {
    chain,
    node,
    goods,
    sold: [] as Sale[],
    ayu: await signIn(node.token, 'Ayu'),
    budi: await signIn(second.token, 'Budi'),
    managerAtFirst: () => signIn(node.token, 'Sari'),
    /** What a cashier may not do alone: refused, and done with the word of the manager for just that. */
    async withManager(calls: Calls, deed: (approvalId?: string) => Promise<unknown>): Promise<void> {
      const { code, facts } = await problemOf(deed());
      expect(code).toBe('needs-approval');
      const { action, amount } = facts as { action: GuardedAction; amount: number };
      const body = { id: makeId(), action, amount, reason: 'Seen', staffId: staffId('Sari'), pin: pins.Sari };
      await deed((await calls.staff.approve({ body })).id);
    },
    plugIn: () => {
      isUnplugged = false;
    },
  };
}

type Day = Awaited<ReturnType<typeof openDay>>;

async function openShifts({ ayu, budi, goods }: Day): Promise<string[]> {
  expect(await refusalOf(ayu.sale.close({ body: saleOf(18_000, { [goods.kopi]: 1 }, [cash(18_000)]) }))).toBe('no-shift');
  const ids = [];
  for (const calls of [ayu, budi])
    ids.push((await calls.shift.open({ body: { id: makeId(), denominations: await inNotes(calls, 100_000) } })).id);
  return ids;
}

/** Each tender, a voucher that is poured, an age that is proven, a discount, a tip, and a sale that waits and moves to the other till. */
async function sellAll({ ayu, budi, withManager, sold, goods: { kopi, teh, air, bir } }: Day): Promise<void> {
  const sell = async (calls: Calls, body: CloseSale) => sold.push(await calls.sale.close({ body }));
  await sell(ayu, saleOf(36_000, { [kopi]: 2 }, [cash(50_000)]));
  expect(sold[0]?.change).toBe(rp(14_000));

  const byCode = saleOf(6_000, { [teh]: 1 }, [charge('qris', 6_000)]);
  await withManager(ayu, (approval) => sell(ayu, { ...byCode, ...(approval && { approvalIds: [approval] }) }));

  await sell(ayu, saleOf(5_000, { [air]: 1 }, [cash(5_000)]));
  const [dispenser] = (await ayu.device.list({})).items;
  const voucher = present(sold[2]?.vouchers[0]?.code, 'a code for the water');
  const poured = ayu.device.scan({ params: { id: dispenser?.id ?? '' }, body: { code: voucher } });
  expect(await poured).toMatchObject({ outcome: 'ok' });

  const beer = saleOf(40_000, { [bir]: 1 }, [charge('card', 45_000)], { tip: rp(5_000) });
  expect(await refusalOf(budi.sale.close({ body: beer }))).toBe('age-check-needed');
  await sell(budi, { ...beer, ageChecked: 21 });

  const regular = { kind: 'percent', value: 1_000, reason: 'Regular' } as const;
  await sell(budi, saleOf(32_400, { [kopi]: 2 }, [charge('card', 20_000), cash(12_400)], { discount: regular }));

  const table = saleOf(24_000, { [kopi]: 1, [teh]: 1 }, [cash(24_000)]);
  const kept = { items: 2, total: table.total, content: JSON.stringify(table.lines) };
  const params = { id: table.id };
  await ayu.draft.keep({ params, body: { revision: 1, state: 'held', name: 'Table 4', pageId: makeId(), ...kept } });
  const taken = await budi.draft.take({ params, body: { revision: 1, pageId: makeId() } });
  await sell(budi, { ...table, lines: JSON.parse(taken.content) });
  expect((await ayu.draft.list({})).items).toEqual([]);
}

/** A sale thrown away, goods that come back at the other till, and cash that moves by itself. */
async function giveBack({ ayu, budi, withManager, sold, goods: { teh } }: Day): Promise<void> {
  const params = { id: makeId() };
  const thrown = { lines: saleOf(0, { [teh]: 1 }, []).lines, reason: 'Customer left' };
  await withManager(budi, (approvalId) => budi.sale.void({ params, body: { ...thrown, ...(approvalId && { approvalId }) } }));

  const coffees = present(sold[0], 'the first sale');
  await budi.return.take({
    body: {
      id: makeId(),
      receipt: coffees.receipt,
      lines: [{ lineId: coffees.lines[0]?.lineId ?? '', quantity: 1, restock: true }],
      total: rp(18_000),
      refunds: [{ refundId: makeId(), method: 'cash', amount: rp(18_000) }],
      reason: 'Wrong item',
    },
  });
  expect(await refusalOf(budi.return.elsewhere({ params: { receipt: coffees.receipt } }))).toBe('centre-unreachable');

  const moved = (kind: 'pay-in' | 'pay-out' | 'no-sale', rupiah: number) => ({
    id: makeId(),
    kind,
    amount: rp(rupiah),
    reason: 'Change',
  });
  await ayu.shift.move({ body: moved('pay-in', 10_000) });
  for (const [calls, body] of [
    [ayu, moved('pay-out', 3_000)],
    [budi, moved('no-sale', 0)],
  ] as const)
    await withManager(calls, (approvalId) => calls.shift.move({ body: { ...body, ...(approvalId && { approvalId }) } }));
}

async function workInStock({ ayu, budi, withManager, node, goods: { kopi, teh, bir, air } }: Day): Promise<void> {
  const line = (productId: string, quantity: number, more = {}) => ({ lineId: makeId(), productId, quantity, ...more });
  const lines = [
    line(kopi, 20, { cost: rp(200_000), lotCode: 'K1', expiresOn: '2099-03-01' }),
    line(teh, 10, { cost: rp(30_000) }),
    line(bir, 6, { cost: rp(150_000) }),
  ];
  await ayu.goods.receive({ body: { id: makeId(), supplier: 'CV Tirta', document: '8841', lines } });
  await ayu.goods.transfer({ body: { id: makeId(), direction: 'out', otherStore: 'Warung Dua', lines: [line(teh, 5)] } });
  const broken = { id: makeId(), reason: 'damaged' as const, lines: [line(kopi, 2)] };
  await withManager(ayu, (approvalId) => ayu.goods.waste({ body: { ...broken, ...(approvalId && { approvalId }) } }));

  const params = { id: (await budi.count.open({ body: { id: makeId(), name: 'Tea', blind: true } })).id };
  await budi.count.scan({ params, body: { id: makeId(), productId: teh, kind: 'set', quantity: 4 } });
  const looked = await budi.count.review({ params });
  expect(looked.lines).toMatchObject([{ productId: teh, counted: 4, expected: 3, difference: 1 }]);
  await withManager(budi, (approvalId) => budi.count.finish({ params, body: approvalId ? { approvalId } : {} }));
  const onHand = [kopi, teh, bir, air].map((productId) => node.store.stock.level(productId).onHand);
  expect(onHand).toEqual([14, 4, 5, 49]);
}

/** X, both drawers counted blind, and Z, which waits for them; what is sold after it belongs to the next day. */
async function closeDay({ ayu, budi, managerAtFirst, sold, goods: { kopi } }: Day, shiftIds: string[]): Promise<DayReport> {
  const x = await ayu.report.look({});
  expect(x.blockers).toEqual([{ what: 'open-shift', count: 2 }]);
  const [first = '', second = ''] = shiftIds;
  const count = async (calls: Calls, id: string, rupiah: number) =>
    (await calls.shift.count({ params: { id }, body: { denominations: await inNotes(calls, rupiah) } })).count;
  expect(await count(ayu, first, 148_000)).toMatchObject({ expected: rp(148_000), difference: 0 });
  await ayu.shift.close({ params: { id: first }, body: {} });
  expect(await count(budi, second, 118_000)).toMatchObject({ expected: rp(118_400), difference: rp(-400) });
  expect(await refusalOf(budi.shift.close({ params: { id: second }, body: {} }))).toBe('reason-needed');

  const sari = await managerAtFirst();
  const wish = { body: { id: makeId() } };
  expect(await refusalOf(sari.report.close(wish))).toBe('day-blocked');
  await budi.shift.close({ params: { id: second }, body: { reason: 'Coins' } });
  const z = await sari.report.close(wish);
  expect(z.totals).toEqual({ ...x.totals, shifts: { count: 2, over: 0, short: rp(400) } });

  await sari.shift.open({ body: { id: makeId(), denominations: await inNotes(sari, 100_000) } });
  const late = await sari.sale.close({ body: saleOf(18_000, { [kopi]: 1 }, [cash(18_000)]) });
  expect(late.businessDate > z.businessDate).toBe(true);
  sold.push(late);
  expect((await sari.report.look({})).totals.sales).toEqual({ count: 1, amount: rp(18_000) });
  return z;
}

function expectFigures({ totals }: DayReport): void {
  expect(totals).toMatchObject({
    sales: { count: 6, amount: rp(143_400) },
    returns: { count: 1, amount: rp(18_000) },
    net: rp(125_400),
    discounts: { count: 1, amount: rp(3_600) },
    voids: { count: 1, amount: rp(6_000) },
    tips: rp(5_000),
    tenders: [
      { method: 'cash', state: 'paid', taken: rp(77_400), givenBack: rp(18_000) },
      { method: 'qris', state: 'unverified', taken: rp(6_000), givenBack: 0 },
      { method: 'card', state: 'paid', taken: rp(65_000), givenBack: 0 },
    ],
    payIns: { count: 1, amount: rp(10_000) },
    payOuts: { count: 1, amount: rp(3_000) },
    noSales: 1,
  });
  const [tax] = totals.taxes;
  expect(present(tax, 'a tax').net + present(tax, 'a tax').tax).toBe(totals.net);
}

async function expectAgreement({ chain, node, sold, goods }: Day, z: DayReport): Promise<void> {
  const { as } = chain.centre;
  const { storeId } = chain;
  await expect.poll(() => node.store.link.state().waiting, soon).toBe(0);
  await chain.centre.settle();
  expect((await as.exception.list({ query: {} })).items).toEqual([]);

  const orders = (await as.order.list({ query: { limit: '100' } })).items;
  const plain = (rows: { id: string; receipt: string | null; total: number }[]) =>
    rows.map(({ id, receipt, total }) => ({ id, receipt, total })).toSorted((one, other) => one.id.localeCompare(other.id));
  expect(plain(orders)).toEqual(plain(sold));

  const levels = (await as.inventory.levels({ params: { storeId }, query: {} })).items;
  for (const productId of Object.values(goods))
    expect(levels.find((level) => level.productId === productId)).toMatchObject(node.store.stock.level(productId));

  const [atCentre] = (await as.report.list({ params: { id: storeId }, query: {} })).items;
  expect(atCentre).toMatchObject(z);

  const { items } = await as.ledger.balances({ query: { storeId } });
  const balance = (...names: string[]) =>
    items.filter(({ account }) => names.includes(account)).reduce((sum, each) => sum + each.balance, 0);
  expect(items.reduce((sum, each) => sum + each.balance, 0)).toBe(0);
  const late = rp(18_000);
  expect(balance('store-cash', 'store-safe')).toBe(rp(77_400 - 18_000 - 400) + late);
  expect(balance('card-terminal')).toBe(rp(65_000));
  expect(balance('qris-unverified')).toBe(rp(6_000));
  expect(balance('tips-payable')).toBe(rp(-5_000));
  expect(balance('cash-difference')).toBe(rp(400));
  expect(balance('sales-revenue', 'sales-returns', 'tax-payable')).toBe(-z.totals.net - late);
}

it('[SYN-01] [ORD-13] [ORD-14] [ORD-15] [PAY-03] [REP-06] a whole day without the centre agrees with it to the last unit', {
  timeout: 120_000,
}, async () => {
  const day = await openDay();
  const shiftIds = await openShifts(day);
  await sellAll(day);
  await giveBack(day);
  await workInStock(day);
  const z = await closeDay(day, shiftIds);
  expectFigures(z);
  day.plugIn();
  await expectAgreement(day, z);
});
