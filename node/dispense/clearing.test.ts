// Money that goes back, and pours that nobody saw yet: with the real core, on both sides of a link that comes and goes.
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ProblemError } from '#schema/client';
import { present } from '#schema/values/assert';
import { compileTimeoutMs, trialModule } from '#scripts/dispenser-trial/wasm';
import { saleOf } from '../test-node.ts';
import { recordOutcome } from './commands.ts';
import { type Pouring, startPouring } from './test-pouring.ts';

let shop: Pouring;

beforeAll(() => trialModule(), compileTimeoutMs);
afterEach(() => shop.remove());

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error as ProblemError).problem.code,
  );
const kinds = () =>
  shop.store.sqlite
    .prepare<[], { kind: string; text: string }>(
      `SELECT kind, text FROM facts WHERE kind LIKE 'voucher.%' AND kind <> 'voucher.issued' ORDER BY seq`,
    )
    .all()
    .map(({ kind, text }) => [kind, JSON.parse(text).body] as const);
const cleared = () => kinds().flatMap(([kind, body]) => (kind === 'voucher.cleared' ? [body.by] : []));
const scan = async (code: string) => {
  shop.virtual.scan(code);
  await shop.pass(8_000);
};

describe('a refund of a voucher that its dispenser can be asked about', () => {
  it('[DSP-09] goes out only after the dispenser counts it as used: the code is refused from then on', async () => {
    shop = await startPouring();
    const sale = await shop.sell();
    expect(await codeOf(shop.giveBack(sale))).toBe('done');
    expect(shop.statesOf(sale).map(({ state, cleared, refunded }) => [state, cleared, refunded])).toEqual([
      ['voided', 'acknowledged', 1],
    ]);
    shop.virtual.setLink(false);
    await scan(shop.codeOf(sale));
    expect(shop.virtual.motorTurns()).toBe(0);
  });

  it('[DSP-09] is refused while it pours and once it poured; after a jam the money goes back', async () => {
    shop = await startPouring();
    const [first, second] = [await shop.sell(), await shop.sell()];
    shop.virtual.scan(shop.codeOf(first));
    await shop.pass(400);
    expect(await codeOf(shop.during(shop.askBack(first), 0))).toBe('voucher-in-use');
    await shop.pass(8_000);
    expect(await codeOf(shop.giveBack(first))).toBe('voucher-used');
    shop.virtual.switches.jam = true;
    await scan(shop.codeOf(second));
    expect(shop.statesOf(second).map(({ state }) => state)).toEqual(['failed']);
    expect(await codeOf(shop.giveBack(second))).toBe('done');
    expect(shop.virtual.motorTurns()).toBe(2);
  });

  it('[DSP-09] a return that is refused for something else voids nothing', async () => {
    shop = await startPouring();
    const sale = await shop.sell();
    expect(await codeOf(shop.giveBack(sale, 1, { total: 1 }))).toBe('wrong-total');
    await scan(shop.codeOf(sale));
    expect(shop.virtual.motorTurns()).toBe(1);
  });

  it('[DSP-09] takes two returns of the same units at the same moment as two units, and never the third', async () => {
    shop = await startPouring();
    const sale = await shop.sell(2);
    const answers = await Promise.all([1, 2, 3].map(() => codeOf(shop.giveBack(sale))));
    expect(answers.sort()).toEqual(['done', 'done', 'returned-already']);
    expect(shop.statesOf(sale).every(({ refunded, cleared }) => refunded === 1 && cleared === 'acknowledged')).toBe(true);
  });
});

describe('a refund of a voucher whose dispenser cannot be asked', () => {
  it('[DSP-09] is refused; what was poured meanwhile is told when the link is back, and stays poured', async () => {
    shop = await startPouring();
    const sale = await shop.sell();
    shop.virtual.setLink(false);
    await scan(shop.codeOf(sale));
    expect(shop.virtual.motorTurns()).toBe(1);
    expect(await codeOf(shop.giveBack(sale))).toBe('dispenser-unreachable');
    shop.virtual.setLink(true);
    await shop.pass(2_000);
    expect(await codeOf(shop.giveBack(sale))).toBe('voucher-used');
    expect(cleared()).toEqual([]);
  });

  it('[DSP-09] [DSP-04] at a manager’s risk it goes out: voided when the link is back, after a restart of the node’s side too', async () => {
    shop = await startPouring();
    const sale = await shop.sell();
    shop.virtual.setLink(false);
    await shop.pass(100);
    expect(await codeOf(shop.giveBack(sale, 1, { acceptRisk: {} }))).toBe('done');
    expect(cleared()).toEqual(['accepted-risk']);
    await shop.restartAuthority();
    shop.virtual.setLink(true);
    await shop.pass(2_000);
    expect(cleared()).toEqual(['accepted-risk', 'acknowledged']);
    shop.virtual.setLink(false);
    await scan(shop.codeOf(sale));
    expect(shop.virtual.motorTurns()).toBe(0);
    shop.virtual.setLink(true);
    await shop.pass(2_000);
    expect(cleared()).toEqual(['accepted-risk', 'acknowledged']);
  });

  it('[DSP-09] what is poured after its money went out, at a manager’s risk, is listed until somebody writes it off', async () => {
    shop = await startPouring();
    const sale = await shop.sell();
    shop.virtual.setLink(false);
    await shop.pass(100);
    expect(await codeOf(shop.giveBack(sale, 1, { acceptRisk: {} }))).toBe('done');
    await scan(shop.codeOf(sale));
    shop.virtual.setLink(true);
    await shop.pass(2_000);
    const { items } = await shop.voucher.cases({ query: {} });
    const [item] = items;
    expect(items.map(({ what, may }) => [what, may])).toEqual([['poured-refunded', ['loss']]]);
    const { id } = present(item, 'it is listed');
    expect(await codeOf(shop.voucher.resolve({ params: { id }, body: { as: 'poured', reason: 'Seen' } }))).toBe(
      'nothing-to-resolve',
    );
    await shop.voucher.resolve({ params: { id }, body: { as: 'loss', reason: 'Seen' } });
    expect((await shop.voucher.cases({ query: {} })).items).toEqual([]);
    expect(shop.store.stock.level(shop.productId('AIR-600'))).toEqual({ onHand: 99, reserved: 0 });
  });

  it('[DSP-05] [DSP-09] what stays in doubt after its money went out is for a person too: its unit is held until somebody says what became of it', async () => {
    shop = await startPouring();
    const [came, stuck] = [await shop.sell(), await shop.sell()];
    for (const sale of [came, stuck]) {
      shop.virtual.setLink(false);
      await shop.pass(100);
      expect(await codeOf(shop.giveBack(sale, 1, { acceptRisk: {} }))).toBe('done');
      shop.virtual.scan(shop.codeOf(sale));
      await shop.pass(400);
      shop.virtual.cutPower();
      shop.virtual.powerOn();
      shop.virtual.setLink(true);
      await shop.pass(2_000);
    }
    const level = () => shop.store.stock.level(shop.productId('AIR-600'));
    expect(level()).toEqual({ onHand: 100, reserved: 2 });
    const cases = async () => (await shop.voucher.cases({ query: {} })).items.map(({ what, may }) => [what, may]);
    expect(await cases()).toEqual(Array(2).fill(['uncertain', ['poured', 'not-poured']]));
    const resolve = (sale: typeof came, as: 'poured' | 'not-poured') =>
      shop.voucher.resolve({ params: { id: present(sale.vouchers[0], 'a voucher').id }, body: { as, reason: 'Seen' } });
    await resolve(came, 'poured');
    await resolve(stuck, 'not-poured');
    expect(level()).toEqual({ onHand: 99, reserved: 0 });
    expect(await cases()).toEqual([['poured-refunded', ['loss']]]);
  });

  it('[DSP-09] [IAM-07] a cashier needs a manager for that risk, and the fact names who took it', async () => {
    shop = await startPouring({
      staff: [
        { name: 'Ayu', role: 'cashier', pin: '111111' },
        { name: 'Budi', role: 'manager', pin: '222222' },
      ],
    });
    const cashier = await shop.signedIn('Ayu', '111111');
    const sale = await cashier.sale.close({ body: saleOf(shop, { 'AIR-600': 1 }) });
    shop.virtual.setLink(false);
    await shop.pass(100);
    const approvalFor = async (action: 'refund' | 'accept-pour-risk', amount: number) => {
      const body = { id: shop.makeId(), action, amount, reason: 'Broken', staffId: shop.staffId('Budi'), pin: '222222' };
      return (await cashier.staff.approve({ body })).id;
    };
    const approvalId = await approvalFor('refund', 500_000);
    expect(await codeOf(shop.giveBack(sale, 1, { approvalId }, cashier.return))).toBe('dispenser-unreachable');
    expect(await codeOf(shop.giveBack(sale, 1, { approvalId, acceptRisk: {} }, cashier.return))).toBe('needs-approval');
    const risk = { approvalId: await approvalFor('accept-pour-risk', 0) };
    expect(await codeOf(shop.giveBack(sale, 1, { approvalId, acceptRisk: risk }, cashier.return))).toBe('done');
    expect(kinds().at(-1)).toMatchObject(['voucher.cleared', { by: 'accepted-risk', approvedBy: shop.staffId('Budi') }]);
  });

  it('[DSP-09] one that never pours alone need not be asked, unless it has the node’s word', async () => {
    shop = await startPouring({ settings: { vendsAlone: 'no' } });
    const [first, second] = [await shop.sell(), await shop.sell()];
    shop.virtual.scan(shop.codeOf(second));
    await shop.pass(50);
    shop.virtual.setLink(false);
    await shop.pass(50);
    expect(await codeOf(shop.giveBack(second))).toBe('dispenser-unreachable');
    expect(await codeOf(shop.giveBack(first))).toBe('done');
    expect(cleared()).toEqual(['node-decides']);
    await shop.restartAuthority();
    const third = await shop.sell();
    expect(await codeOf(shop.giveBack(third))).toBe('dispenser-unreachable');
  });

  it('[DSP-09] an expired one goes back once its dispenser has said that nothing came out, and not before', async () => {
    shop = await startPouring();
    const [silent, poured] = [await shop.sell(), await shop.sell()];
    shop.virtual.setLink(false);
    await scan(shop.codeOf(poured));
    await shop.pass(18 * 60_000);
    expect(shop.statesOf(silent)[0]?.state).toBe('expired');
    for (const sale of [silent, poured]) expect(await codeOf(shop.giveBack(sale))).toBe('dispenser-unreachable');
    shop.virtual.setLink(true);
    await shop.pass(2_000);
    shop.virtual.setLink(false);
    await shop.pass(100);
    expect(await codeOf(shop.giveBack(silent))).toBe('done');
    expect(await codeOf(shop.giveBack(poured))).toBe('voucher-used');
  });
});

describe('a new voucher for a unit', () => {
  it('[DSP-01] [DSP-09] waits for the old one to be voided; at a risk both may be good, and the first to pour ends the other', async () => {
    shop = await startPouring();
    const sale = await shop.sell();
    const old = present(sale.vouchers[0], 'a voucher');
    shop.virtual.setLink(false);
    await shop.pass(18 * 60_000);
    expect(await codeOf(shop.during(shop.voucher.again({ params: { id: old.id }, body: {} })))).toBe('dispenser-unreachable');
    const renewed = await shop.during(shop.voucher.again({ params: { id: old.id }, body: { acceptRisk: {} } }));
    const again = await shop.during(shop.voucher.again({ params: { id: old.id }, body: {} }));
    expect(again.id).toBe(renewed.id);
    expect(shop.statesOf(sale).map(({ state, cleared, superseded }) => [state, cleared, superseded])).toEqual([
      ['expired', 'accepted-risk', 1],
      ['open', null, 0],
    ]);
    await scan(present(renewed.code, 'a code'));
    shop.virtual.setLink(true);
    await shop.pass(2_000);
    expect(shop.statesOf(sale).map(({ state }) => state)).toEqual(['expired', 'dispensed']);
    expect((await shop.voucher.cases({ query: {} })).items).toEqual([]);
    const nothing = await codeOf(shop.during(shop.voucher.again({ params: { id: old.id }, body: { acceptRisk: {} } })));
    expect(nothing).toBe('nothing-owed');
  });

  it('[DSP-05] [DSP-09] leaves the old one in doubt for a person: said to have poured, it ends the new one', async () => {
    shop = await startPouring();
    const sale = await shop.sell();
    const old = present(sale.vouchers[0], 'a voucher');
    shop.virtual.setLink(false);
    await shop.pass(18 * 60_000);
    await shop.during(shop.voucher.again({ params: { id: old.id }, body: { acceptRisk: {} } }));
    await shop.store.journal.write((commit) =>
      recordOutcome(
        commit,
        { voucher: present(shop.store.vouchers.row(old.id), 'it'), unit: 0, outcome: 'uncertain', reason: null },
        shop.store,
      ),
    );
    const states = () => shop.statesOf(sale).map(({ state }) => state);
    expect(states()).toEqual(['uncertain', 'open']);
    expect((await shop.voucher.cases({ query: {} })).items).toMatchObject([{ id: old.id, what: 'uncertain' }]);
    await shop.voucher.resolve({ params: { id: old.id }, body: { as: 'poured', reason: 'Seen' } });
    expect(states()).toEqual(['dispensed', 'voided']);
    expect((await shop.voucher.cases({ query: {} })).items).toEqual([]);
    expect(shop.store.stock.level(shop.productId('AIR-600'))).toEqual({ onHand: 99, reserved: 0 });
  });

  it('[DSP-05] one in doubt waits for a person, who says whether it came out', async () => {
    shop = await startPouring();
    const [came, stuck] = [await shop.sell(), await shop.sell()];
    for (const sale of [came, stuck]) {
      shop.virtual.scan(shop.codeOf(sale));
      await shop.pass(400);
      shop.virtual.cutPower();
      await shop.pass(100);
      shop.virtual.powerOn();
      await shop.pass(2_000);
    }
    const { items } = await shop.voucher.cases({ query: {} });
    expect(items.map(({ what, may }) => [what, may])).toEqual(Array(2).fill(['uncertain', ['poured', 'not-poured']]));
    const idOf = (sale: typeof came) => present(sale.vouchers[0], 'a voucher').id;
    expect(await codeOf(shop.giveBack(stuck))).toBe('voucher-used');
    const resolve = (sale: typeof came, as: 'poured' | 'not-poured') =>
      shop.voucher.resolve({ params: { id: idOf(sale) }, body: { as, reason: 'Seen' } });
    expect((await resolve(came, 'poured')).state).toBe('dispensed');
    expect((await resolve(stuck, 'not-poured')).state).toBe('failed');
    expect(await codeOf(resolve(stuck, 'poured'))).toBe('nothing-to-resolve');
    expect(shop.store.stock.level(shop.productId('AIR-600'))).toEqual({ onHand: 99, reserved: 0 });
    expect(await codeOf(shop.giveBack(stuck))).toBe('done');
    expect((await shop.voucher.cases({ query: {} })).items).toEqual([]);
  });
});

describe('a refund that races a pour', () => {
  it('[DSP-09] ends in exactly one of poured and refunded, or in a case that a manager took the risk of', async () => {
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.record({ do: fc.constant('scan' as const), ms: fc.integer({ min: 0, max: 4_000 }) }) },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('refund' as const), ms: fc.integer({ min: 0, max: 500 }) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('risk' as const), ms: fc.integer({ min: 0, max: 500 }) }) },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('link' as const), ms: fc.integer({ min: 0, max: 2_000 }) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('cut' as const), ms: fc.integer({ min: 0, max: 2_000 }) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const), ms: fc.integer({ min: 0, max: 500 }) }) },
    );
    shop = await startPouring({ repeats: true });
    let up = true;
    const link = (to: boolean) => {
      up = to;
      shop.virtual.setLink(to);
    };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 8 }), async (steps) => {
        const sale = await shop.sell();
        const turns = shop.virtual.motorTurns();
        const works: Promise<unknown>[] = [];
        for (const next of steps) {
          if (next.do === 'scan') shop.virtual.scan(shop.codeOf(sale));
          if (next.do === 'refund') works.push(codeOf(shop.giveBack(sale)));
          if (next.do === 'risk') works.push(codeOf(shop.giveBack(sale, 1, { acceptRisk: {} })));
          if (next.do === 'cancel')
            works.push(codeOf(shop.during(shop.voucher.cancel({ params: { id: present(sale.vouchers[0], 'one').id } }))));
          if (next.do === 'link') link(!up);
          if (next.do === 'cut') {
            shop.virtual.cutPower();
            shop.virtual.powerOn();
          }
          await shop.pass(next.ms);
        }
        link(true);
        await Promise.all(works);
        await shop.pass(8_000);
        const [voucher] = shop.statesOf(sale);
        const poured = shop.virtual.motorTurns() - turns;
        const isRefunded = voucher?.refunded === 1;
        const isRisk = kinds().some(
          ([kind, body]) => kind === 'voucher.cleared' && body.voucherId === voucher?.id && body.by === 'accepted-risk',
        );
        expect(poured).toBeLessThanOrEqual(1);
        expect(Number(voucher?.state === 'dispensed')).toBeLessThanOrEqual(poured);
        if (isRefunded && !isRisk) expect(poured).toBe(0);
        if (voucher?.state === 'dispensed' && isRefunded) {
          expect(isRisk).toBe(true);
          const { items } = await shop.voucher.cases({ query: { limit: '500' } });
          expect(items.find(({ id }) => id === voucher.id)?.what).toBe('poured-refunded');
        }
      }),
      { numRuns: 40 },
    );
  });
});
