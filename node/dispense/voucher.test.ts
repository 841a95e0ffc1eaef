// Vouchers at the node: each refusal has its own reason; what a paid line is owed is minted once, again after a failure, never too often.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProblemError } from '#schema/client';
import { present } from '#schema/values/assert';
import type { Clock } from '#schema/values/clock';
import { ok } from '#schema/values/result';
import { mintVoucher, voucherText } from '#schema/wire/voucher-code';
import { systemClock } from '../base/clock.ts';
import { saleOf, startTestNode, type TestNode } from '../test-node.ts';
import { closeOverdue, recordOutcome } from './commands.ts';

describe('vouchers', () => {
  let ahead = 0;
  const clock: Clock = { ...systemClock, now: () => systemClock.now() + ahead };
  let node: TestNode;
  beforeAll(async () => {
    node = await startTestNode({ demo: true, clock });
  });
  afterAll(() => node.remove());

  const water = () => node.store.stock.level(node.productId('AIR-600'));
  const sellWater = async (quantity = 1) => node.sale.close({ body: saleOf(node, { 'AIR-600': quantity }) });
  const reasonFor = (code: string, dispenserId?: string) =>
    node.voucher.validate({ body: { code, ...(dispenserId && { dispenserId }) } }).then(
      () => 'valid',
      (error: unknown) => (error as ProblemError).problem.code,
    );
  const report = (voucherId: string, outcome: 'ok' | 'fail' | 'uncertain') =>
    node.store.journal.write((commit) =>
      recordOutcome(
        commit,
        { voucher: present(node.store.vouchers.row(voucherId), 'a voucher'), unit: 0, outcome, reason: null },
        node.store,
      ),
    );

  it('[DSP-02] tells malformed, forged, other store, other dispenser, used and expired apart', async () => {
    const [dispenser] = node.store.dispensers.all();
    const { vouchers } = await sellWater();
    const code = present(vouchers[0]?.code, 'a code');
    expect(await reasonFor(code)).toBe('valid');
    expect(await reasonFor(code.toLowerCase())).toBe('valid');
    expect(await reasonFor('hello')).toBe('malformed');
    expect(await reasonFor(code.slice(0, -1))).toBe('malformed');
    expect(await reasonFor(code, node.makeId())).toBe('other-dispenser');
    const terms = { dispenserNumber: dispenser?.number ?? 0, serial: 1, keyEpoch: 1, expiresAtMs: clock.now() + 60_000, slot: 0 };
    const otherKey = new Uint8Array(32).fill(9);
    expect(await reasonFor(voucherText(mintVoucher(otherKey, terms)))).toBe('forged');
    expect(await reasonFor(voucherText(mintVoucher(otherKey, { ...terms, dispenserNumber: 999 })))).toBe('other-store');
    const ours = present(dispenser?.rootKey, 'a key');
    expect(await reasonFor(voucherText(mintVoucher(ours, { ...terms, keyEpoch: 9 })))).toBe('unknown-epoch');
    await report(present(vouchers[0], 'a voucher').id, 'ok');
    expect(await reasonFor(code)).toBe('used');
    const late = present((await sellWater()).vouchers[0]?.code, 'a code');
    ahead += 16 * 60_000;
    expect(await reasonFor(late)).toBe('expired');
  });

  it('[DSP-01] one voucher a paid unit; asked again, the same; after a failure, a new one; never more than was paid', async () => {
    const sale = await sellWater(2);
    expect(new Set(sale.vouchers.map(({ code }) => code)).size).toBe(2);
    const line = { saleId: sale.id, lineId: present(sale.lines[0], 'a line').lineId };
    const again = await node.voucher.generate({ body: line });
    expect(again.vouchers.map(({ id }) => id)).toEqual(sale.vouchers.map(({ id }) => id));
    const [first, second] = sale.vouchers.map(({ id }) => id);
    await report(present(first, 'first'), 'fail');
    const renewed = await node.voucher.generate({ body: line });
    expect(renewed.vouchers.map(({ id }) => id)).toContain(second);
    expect(renewed.vouchers).toHaveLength(2);
    for (const { id } of renewed.vouchers) await report(id, 'ok');
    await expect(node.voucher.generate({ body: line })).rejects.toMatchObject({ problem: { code: 'nothing-owed', status: 409 } });
  });

  it('[DSP-09] [INV-03] whatever is reported and repeated, a unit is consumed once, and given back when it was not', async () => {
    const closeAll = () => node.store.journal.write((commit) => closeOverdue(commit, 100, node.store));
    // What is overdue from before would be closed by the node itself, at a moment of its own.
    await closeAll();
    const before = water();
    const sale = await sellWater(4);
    const [poured, failed, doubtful, expired] = sale.vouchers.map(({ id }) => id) as [string, string, string, string];
    for (const [id, outcome] of [
      [poured, 'ok'],
      [poured, 'ok'],
      [failed, 'fail'],
      [failed, 'fail'],
      [doubtful, 'uncertain'],
    ] as const)
      await report(id, outcome);
    expect(water()).toEqual({ onHand: before.onHand - 1, reserved: before.reserved + 2 });
    ahead += 20 * 60_000;
    const closed = await closeAll();
    expect(closed.ok && closed.value.map(({ id }) => id)).toContain(expired);
    expect(water().reserved).toBe(before.reserved + 1);
    // It had been poured after all, out of the node's reach.
    await report(expired, 'ok');
    expect(water()).toEqual({ onHand: before.onHand - 2, reserved: before.reserved + 1 });
  });

  it('[DSP-09] a till lists the open ones with their receipts, and cancels one: its code is dead, its unit free, and still owed', async () => {
    const before = water();
    const sale = await sellWater(2);
    const [first, second] = sale.vouchers.map(({ id }) => id) as [string, string];
    const page = await node.voucher.list({ query: { limit: '500' } });
    const listed = page.items.filter(({ saleId }) => saleId === sale.id);
    expect(listed.map(({ id, receipt, state }) => [id, receipt, state])).toEqual([
      [first, sale.receipt, 'open'],
      [second, sale.receipt, 'open'],
    ]);
    expect(listed[0]).not.toHaveProperty('code');
    const ends = page.items.map(({ expiresAt }) => expiresAt);
    expect(ends).toEqual([...ends].sort());
    const some = await node.voucher.list({ query: { limit: '1' } });
    const more = await node.voucher.list({ query: { limit: '500', after: some.next ?? '' } });
    expect([...some.items, ...more.items]).toEqual(page.items);
    expect((await node.voucher.cancel({ params: { id: first } })).state).toBe('voided');
    expect((await node.voucher.cancel({ params: { id: first } })).state).toBe('voided');
    expect(await reasonFor(present(sale.vouchers[0]?.code, 'a code'))).toBe('voided');
    expect(water()).toEqual({ onHand: before.onHand, reserved: before.reserved + 1 });
    const line = { saleId: sale.id, lineId: present(sale.lines[0], 'a line').lineId };
    const again = await node.voucher.generate({ body: line });
    expect(again.vouchers.map(({ id }) => id)).not.toContain(first);
    expect(again.vouchers).toHaveLength(2);
    for (const { id } of again.vouchers) await report(id, 'ok');
    const closed = { problem: { code: 'voucher-closed', status: 409 } };
    await expect(node.voucher.cancel({ params: { id: second } })).rejects.toMatchObject(closed);
    const unknown = { problem: { code: 'unknown-voucher', status: 404 } };
    await expect(node.voucher.cancel({ params: { id: node.makeId() } })).rejects.toMatchObject(unknown);
    await expect(node.voucher.list({ query: { after: 'x' } })).rejects.toMatchObject({ problem: { code: 'bad-cursor' } });
  });

  it('[INV-12] the last units of a forbid product are sold once, however many ask at once', async () => {
    const left = water().onHand - water().reserved;
    const answers = await Promise.allSettled(Array.from({ length: left + 5 }, () => sellWater()));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(left);
    for (const answer of answers)
      if (answer.status === 'rejected') expect((answer.reason as ProblemError).problem.code).toBe('out-of-stock');
    expect(water().onHand - water().reserved).toBe(0);
  });

  it('[DSP-01] as SVG, PNG and text for a terminal', async () => {
    await node.store.journal.write(() => ok(null));
    const row = present(
      node.store.sqlite.prepare<[], { id: string }>(`SELECT id FROM vouchers WHERE state = 'open' LIMIT 1`).get(),
      'one',
    );
    const types = { svg: /^<svg/, png: /^\uFFFD?.?PNG/, text: /█|▄|▀/ };
    for (const [format, start] of Object.entries(types)) {
      const answer = await fetch(`${node.url}/api/v1/vouchers/${row.id}/image?format=${format}`, {
        headers: { authorization: `Bearer ${node.token}` },
      });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-control')).toBe('private, no-store');
      expect((await answer.text()).trim()).toMatch(start);
    }
  });
});
