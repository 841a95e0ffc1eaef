// Signing in at a till and approving, over real HTTP: who may, for how long, and what wrong PINs do.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '#schema/values/clock';
import { systemClock } from '../base/clock.ts';
import { saleOf, startTestNode, type TestNode } from '../test-node.ts';

const people = [
  { name: 'Kasir Satu', role: 'cashier', pin: '111111', badge: 'LBKASIRSATU' },
  { name: 'Kasir Dua', role: 'cashier', pin: '222222' },
  { name: 'Kepala Toko', role: 'manager', pin: '999999', badge: 'LBKEPALA' },
] as const;

const problemOf = (call: Promise<unknown>): Promise<{ status?: number; code?: string; facts?: Record<string, unknown> }> =>
  call.then(
    () => ({ code: 'done' }),
    (error) => error.problem,
  );

describe('the people of a store at its tills', () => {
  let node: TestNode;
  let aheadMs: number;
  // It goes only where the test moves it: a slow machine sits no lock out.
  const startMs = systemClock.now();
  const clock: Clock = { now: () => startMs + aheadMs, after: systemClock.after };
  beforeEach(async () => {
    aheadMs = 0;
    node = await startTestNode({ clock, staff: [...people] });
  });
  afterEach(() => node.remove());

  const signIn = (name: string, pin: string) => node.staff.signIn({ body: { staffId: node.staffId(name), pin } });

  it('[IAM-07] a store with staff sells only to a till where somebody is signed in; the catalogue is open to read', async () => {
    expect(await problemOf(node.sale.list({}))).toMatchObject({ status: 401, code: 'sign-in-needed' });
    expect(await problemOf(node.stock.levels({}))).toMatchObject({ status: 401, code: 'sign-in-needed' });
    expect((await node.till.products({})).items.length).toBeGreaterThan(0);
    expect((await node.staff.list({})).items.map(({ name }) => name)).toEqual(['Kasir Dua', 'Kasir Satu', 'Kepala Toko']);
    const calls = await node.signedIn('Kasir Satu', '111111');
    expect((await calls.sale.list({})).items).toEqual([]);
    expect(await calls.till.session({})).toMatchObject({ staffed: true, person: { name: 'Kasir Satu', role: 'cashier' } });
    expect(await node.till.session({})).toMatchObject({ staffed: true, person: null });
  });

  it('[IAM-07] a store without staff asks nobody, and its facts name nobody', async () => {
    const bare = await startTestNode();
    await bare.sale.close({ body: saleOf(bare, { 'TEH-MANIS': 1 }) });
    expect((await bare.staff.list({})).items).toEqual([]);
    await bare.remove();
  });

  it('[IAM-07] what a person does at a till carries them: a sale and its vouchers, goods, a customer', async () => {
    const pouring = await startTestNode({ demo: true, staff: [...people] });
    const { sale, voucher, stock, customer } = await pouring.signedIn('Kepala Toko', '999999');
    const water = await sale.close({ body: saleOf(pouring, { 'AIR-600': 1 }) });
    await voucher.generate({ body: { saleId: water.id, lineId: water.lines[0]?.lineId ?? '' } });
    const productId = pouring.productId('TEH-MANIS');
    await stock.adjust({ body: { id: pouring.makeId(), productId, quantity: 2, reason: 'Found' } });
    await customer.add({ body: { id: pouring.makeId(), name: 'Pembeli', phone: '0812-3456-7890' } });
    const read = pouring.store.sqlite.prepare<[], { text: string }>('SELECT text FROM facts ORDER BY generation, seq');
    const facts = read.all().map(({ text }) => JSON.parse(text) as { kind: string; staff: string | null });
    const done = facts.slice(facts.findIndex(({ kind }) => kind === 'sale.closed'));
    expect(done.map(({ kind }) => kind)).toEqual(['sale.closed', 'voucher.issued', 'stock.moved', 'customer.added']);
    expect(new Set(done.map(({ staff }) => staff))).toEqual(new Set([pouring.staffId('Kepala Toko')]));
    await pouring.remove();
  });

  it('[IAM-07] a badge signs in without a name, whatever its case; a foreign one does not', async () => {
    expect(await node.staff.signIn({ body: { badge: ' lbkasirsatu ' } })).toMatchObject({ person: { name: 'Kasir Satu' } });
    expect(await problemOf(node.staff.signIn({ body: { badge: 'LBNOBODY' } }))).toMatchObject({
      status: 403,
      code: 'wrong-badge',
    });
    expect(await problemOf(node.staff.signIn({ body: {} }))).toMatchObject({ status: 422, code: 'proof-missing' });
  });

  it('[IAM-07] another person signs in in place of the first, whose token ends; the token is of one till', async () => {
    const first = await node.signedIn('Kasir Satu', '111111');
    await node.signedIn('Kasir Dua', '222222');
    expect(await problemOf(first.sale.list({}))).toMatchObject({ code: 'sign-in-needed' });
    const second = await node.signedIn('Kasir Dua', '222222');
    await second.staff.signOut({});
    expect(await problemOf(second.sale.list({}))).toMatchObject({ code: 'sign-in-needed' });
    const tables = JSON.stringify(node.store.sqlite.prepare('SELECT token_hash FROM staff_sessions').all());
    expect(tables).not.toContain('staff_');
  });

  it('[IAM-07] a wrong PIN, nobody’s id and a person of another store are answered alike', async () => {
    const problems = [];
    for (const body of [
      { staffId: node.staffId('Kasir Satu'), pin: '000000' },
      { staffId: node.makeId(), pin: '111111' },
    ]) {
      const { requestId: _own, ...problem } = (await problemOf(node.staff.signIn({ body }))) as Record<string, unknown>;
      problems.push(problem);
    }
    expect(problems[0]).toEqual(problems[1]);
    expect(problems[0]).toMatchObject({ status: 403, code: 'wrong-pin' });
    const malformed = await problemOf(node.staff.signIn({ body: { staffId: node.staffId('Kasir Satu'), pin: '12ab56' } }));
    expect(malformed).toMatchObject({ status: 422, code: 'bad-input', field: 'pin' });
    expect(JSON.stringify(malformed)).not.toContain('12ab56');
  });

  it('[IAM-07] the fifth wrong PIN locks that person alone for half a minute, the next for a minute; a restart changes nothing', async () => {
    for (let tries = 0; tries < 5; tries++)
      expect(await problemOf(signIn('Kasir Satu', '000000'))).toMatchObject({ code: 'wrong-pin' });
    expect(await problemOf(signIn('Kasir Satu', '111111'))).toMatchObject({ status: 429, code: 'locked-out' });
    expect(await signIn('Kasir Dua', '222222')).toMatchObject({ person: { name: 'Kasir Dua' } });
    await node.stop();
    const { dataFolder } = node;
    node = await startTestNode({ clock, dataFolder });
    expect(await problemOf(signIn('Kasir Satu', '111111'))).toMatchObject({ code: 'locked-out' });
    aheadMs += 30_000;
    expect(await problemOf(signIn('Kasir Satu', '000000'))).toMatchObject({ code: 'wrong-pin' });
    aheadMs += 59_000;
    expect(await problemOf(signIn('Kasir Satu', '111111'))).toMatchObject({ code: 'locked-out' });
    aheadMs += 1_000;
    expect(await signIn('Kasir Satu', '111111')).toMatchObject({ person: { name: 'Kasir Satu' } });
    expect(await problemOf(signIn('Kasir Satu', '000000'))).toMatchObject({ code: 'wrong-pin' });
    expect(await signIn('Kasir Satu', '111111')).toMatchObject({ person: { name: 'Kasir Satu' } });
  });

  it('[IAM-07] many tries at once are no more than five', async () => {
    const pins = Array.from({ length: 20 }, (_, index) => String(index).padStart(6, '0'));
    const problems = await Promise.all(pins.map((pin) => problemOf(signIn('Kasir Satu', pin))));
    const codes = problems.map(({ code }) => code);
    expect(codes.filter((code) => code === 'wrong-pin').length).toBe(5);
    expect(codes.filter((code) => code === 'locked-out').length).toBe(15);
  });

  it('[IAM-07] who has left is out at once and cannot sign in again', async () => {
    const calls = await node.signedIn('Kasir Satu', '111111');
    const id = node.staffId('Kasir Satu');
    node.applyRows('staff', [{ operation: 'update', row: { id, active: 0 } }]);
    expect(await problemOf(calls.sale.list({}))).toMatchObject({ code: 'sign-in-needed' });
    expect(await problemOf(node.staff.signIn({ body: { staffId: id, pin: '111111' } }))).toMatchObject({ code: 'wrong-pin' });
    expect(await problemOf(node.staff.signIn({ body: { badge: 'LBKASIRSATU' } }))).toMatchObject({ code: 'wrong-badge' });
  });

  describe('a manager’s approval', () => {
    type Calls = Awaited<ReturnType<TestNode['signedIn']>>;
    const wish = (more: object = {}) => ({
      id: node.makeId(),
      action: 'refund' as const,
      amount: 20_000_000,
      reason: 'Barang rusak',
      staffId: node.staffId('Kepala Toko'),
      pin: '999999',
      ...more,
    });
    /** As a command takes it, in the transaction of its fact. */
    const take = async (
      approvalId: string | undefined,
      more: { amount?: number; tillId?: string; name?: string; action?: 'void' } = {},
    ) => {
      const { amount = 20_000_000, name = 'Kasir Satu', action = 'refund' } = more;
      const person = node.store.people.list().find((candidate) => candidate.name === name) ?? null;
      const { till } = await node.till.session({});
      const { settings } = node.store.stores.current() ?? {};
      return node.store.journal.write((commit) =>
        node.store.approvals.approve(commit, {
          action,
          amount,
          approvalId,
          till: { id: more.tillId ?? till.id },
          person,
          settings: { ...(settings as NonNullable<typeof settings>), refundLimit: 10_000_000 },
        }),
      );
    };
    let cashier: Calls;
    beforeEach(async () => {
      cashier = await node.signedIn('Kasir Satu', '111111');
    });
    const granted = async (more: object = {}) => (await cashier.staff.approve({ body: wish(more) })).id;

    it('[IAM-07] lets a cashier do one thing of at most that amount, once, and the fact can name the manager', async () => {
      const refused = await take(undefined);
      expect(refused).toMatchObject({ ok: false, code: 'needs-approval', facts: { action: 'refund', amount: 20_000_000 } });
      const id = await granted();
      expect(await take(id, { amount: 15_000_000 })).toEqual({ ok: true, value: node.staffId('Kepala Toko') });
      expect(await take(id, { amount: 15_000_000 })).toMatchObject({ code: 'needs-approval' });
    });

    it('[IAM-07] is not for another amount, action, till or person, nor a minute later', async () => {
      const id = await granted();
      expect(await take(id, { amount: 20_000_100 })).toMatchObject({ code: 'needs-approval' });
      expect(await take(id, { action: 'void' })).toMatchObject({ code: 'needs-approval' });
      expect(await take(id, { tillId: node.makeId() })).toMatchObject({ code: 'needs-approval' });
      expect(await take(id, { name: 'Kasir Dua' })).toMatchObject({ code: 'needs-approval' });
      aheadMs += 60_000;
      expect(await take(id)).toMatchObject({ code: 'needs-approval' });
    });

    it('[IAM-07] is still there when the command that took it was refused', async () => {
      const id = await granted();
      const { till } = await node.till.session({});
      const person = node.store.people.list().find(({ name }) => name === 'Kasir Satu') ?? null;
      const refused = await node.store.journal.write((commit) => {
        const settings = node.store.stores.current()?.settings as NonNullable<
          ReturnType<typeof node.store.stores.current>
        >['settings'];
        node.store.approvals.approve(commit, { action: 'void', amount: 0, approvalId: id, till, person, settings });
        return { ok: false as const, code: 'out-of-stock', detail: 'No.' };
      });
      expect(refused.ok).toBe(false);
      expect(await take(id)).toMatchObject({ ok: true });
    });

    it('[IAM-07] needs a manager’s own PIN or badge, and wrong PINs count here too', async () => {
      const asCashier = { staffId: node.staffId('Kasir Dua'), pin: '222222' };
      expect(await problemOf(cashier.staff.approve({ body: wish(asCashier) }))).toMatchObject({
        status: 403,
        code: 'not-a-manager',
      });
      const { pin: _none, staffId: _nobody, ...badged } = { ...wish(), badge: 'LBKEPALA' };
      expect(await cashier.staff.approve({ body: badged })).toMatchObject({ id: badged.id });
      for (let tries = 0; tries < 5; tries++)
        expect(await problemOf(cashier.staff.approve({ body: wish({ pin: '000000' }) }))).toMatchObject({ code: 'wrong-pin' });
      expect(await problemOf(cashier.staff.approve({ body: wish() }))).toMatchObject({ status: 429, code: 'locked-out' });
    });

    it('[IAM-07] asked again under its id is the same; another wish under it is refused', async () => {
      const body = wish();
      const first = await cashier.staff.approve({ body });
      aheadMs += 10_000;
      expect(await cashier.staff.approve({ body })).toEqual(first);
      expect(await problemOf(cashier.staff.approve({ body: { ...body, amount: 30_000_000 } }))).toMatchObject({
        status: 422,
        code: 'id-reused',
      });
    });

    it('[IAM-07] a manager at the till needs none, nor does what a cashier may do alone', async () => {
      expect(await take(undefined, { name: 'Kepala Toko' })).toEqual({ ok: true, value: null });
      expect(await take(undefined, { amount: 10_000_000 })).toEqual({ ok: true, value: null });
    });
  });
});
