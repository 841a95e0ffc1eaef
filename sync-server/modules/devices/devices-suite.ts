// Devices at the centre, over real HTTP, from what a node's signed facts and its status say of them. Run on both databases.
import { beforeAll, describe, expect, it } from 'vitest';
import { present } from '#schema/values/assert';
import { systemClock } from '../../base/clock.ts';
import type { OpenTestDatabase } from '../../base/test-database.ts';
import { startTestCentre, type TestCentre } from '../../test-centre.ts';
import { testFacts } from '../../test-facts.ts';
import { type FakeNode, type NewFact, post } from '../../test-node.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Noon in Jakarta. */
const noon = Date.UTC(2026, 10, 21, 5);

export function devicesSuite(open: OpenTestDatabase): void {
  let centre: TestCentre;
  let productId: string;
  /** Stands still until a test says that it is later; what waits is called as it is really due. */
  let at = noon;

  beforeAll(async () => {
    centre = await startTestCentre({ database: await open(), clock: { now: () => at, after: systemClock.after } });
    await centre.as.taxRate.set({ body: { country: 'ID', taxClass: 'standard', name: 'PPN', rate: 1_100, inclusive: true } });
    productId = centre.makeId();
    const price = { amount: 500_000, currency: 'IDR' };
    await centre.as.product.create({ body: { id: productId, sku: 'AIR-600', name: 'Air', dispensable: true, price } });
  });

  async function tell(node: FakeNode, ...told: NewFact[]): Promise<void> {
    node.append(...told);
    await node.push();
    await centre.settle();
  }

  const glanceAt = async (id: string) =>
    present(
      (await centre.as.deviceStatus.glance()).items.find((item) => item.id === id),
      'the device',
    );

  async function addDevice(node: FakeNode, id = centre.makeId(), kind: 'dispenser' | 'fridge' = 'dispenser') {
    const { storeId } = node;
    const slots = kind === 'dispenser' ? { slots: [{ slot: 0, productId }] } : {};
    await centre.as.device.create({ body: { id, storeId, kind, name: 'Water 1', ...slots } });
    return id;
  }

  /** A store with a dispenser, and the facts of a voucher and of what became of it there. */
  async function shopWithDispenser() {
    const node = await centre.enrolNode();
    const facts = testFacts(node.makeId);
    const id = await addDevice(node, facts.issue(productId).body.dispenserId);
    const pour = (outcome: 'ok' | 'fail' | 'uncertain', occurredAt: number, reason: string | null = null): NewFact[] => {
      const issued = facts.issue(productId);
      const finished = facts.finish(issued.body, outcome);
      return [issued, { ...finished, body: { ...finished.body, reason }, occurredAt }];
    };
    return { node, id, facts, pour };
  }

  describe('a device', () => {
    it('[IOT-02] [IOT-05] is as its node told, and told again it is the same', async () => {
      const node = await centre.enrolNode();
      const id = await addDevice(node, undefined, 'fridge');
      const stretch = { metric: 'temperature', from: at, to: at + 1_000, count: 2, min: 39, max: 41, mean: 40, last: 41 };
      const alert = { what: 'too-warm', value: 95, limit: 80, since: at, overAt: null };
      const state = { state: 'fault', reason: 'compressor', firmware: 'cool-2', configVersion: 1, lastSeenAt: at };
      const told = () => [
        { kind: 'device.changed', body: { deviceId: id, ...state } },
        { kind: 'device.alerted', body: { deviceId: id, ...alert } },
        { kind: 'telemetry.summed', body: { deviceId: id, ...stretch } },
      ];
      const seen = async () => ({
        glance: await glanceAt(id),
        status: await centre.as.deviceStatus.show({ params: { id } }),
        telemetry: (await centre.as.deviceStatus.telemetry({ params: { id }, query: {} })).items,
        alerts: (await centre.as.deviceStatus.alerts({ params: { id }, query: {} })).items,
      });
      await tell(node, ...told());
      const once = await seen();
      expect(once).toMatchObject({
        glance: { state: 'fault', reason: 'compressor', alerts: ['too-warm'], pours: null, pouring: null, paused: null },
        status: { state: 'fault', firmware: 'cool-2', alerts: [{ what: 'too-warm' }], latest: [{ last: 41 }] },
        telemetry: [{ metric: 'temperature', count: 2, mean: 40 }],
        alerts: [{ value: 95, limit: 80, overAt: null }],
      });
      expect((await node.send(node.run())).status).toBe(200);
      await tell(node, ...told());
      expect(await seen()).toEqual(once);
    });

    it('[IOT-01] [IOT-02] stands in the list with how its node said that it stands', async () => {
      const node = await centre.enrolNode();
      const id = await addDevice(node);
      const listed = async () => (await centre.as.device.list({ query: { storeId: node.storeId } })).items;
      expect(await listed()).toMatchObject([{ id, state: 'unknown', lastSeenAt: null, nodeSeenAt: null }]);
      const lastSeenAt = at - HOUR_MS;
      const told = { state: 'offline', reason: 'lost', firmware: null, configVersion: null, lastSeenAt };
      await tell(node, { kind: 'device.changed', body: { deviceId: id, ...told } });
      expect((await tellStatus(node)).status).toBe(200);
      expect(await listed()).toMatchObject([
        { id, state: 'offline', lastSeenAt: new Date(lastSeenAt).toISOString(), nodeSeenAt: new Date(at).toISOString() },
      ]);
    });
  });

  describe('a dispenser', () => {
    it('[DSP-09] [OPS-03] has its pours counted on their store’s days, each once, and those of a week', async () => {
      const { node, id, facts, pour } = await shopWithDispenser();
      const none = { ok: 0, failed: 0, uncertain: 0 };
      expect((await glanceAt(id)).pours).toEqual({ today: none, week: none, lastGoodAt: null });
      await tell(
        node,
        ...pour('fail', at - 7 * DAY_MS),
        ...pour('ok', at - 6 * DAY_MS),
        // Before the hour at which the day turns there.
        ...pour('ok', at - 9 * HOUR_MS),
        ...pour('uncertain', at - 3 * HOUR_MS),
        ...pour('fail', at - 2 * HOUR_MS, 'jam'),
        ...pour('fail', at - 2 * HOUR_MS, 'cancelled'),
        ...pour('ok', at - HOUR_MS),
        { ...facts.unmatched(900, 'ok'), occurredAt: at },
      );
      const lastGoodAt = new Date(at).toISOString();
      const counted = {
        today: { ok: 2, failed: 1, uncertain: 1 },
        week: { ok: 4, failed: 1, uncertain: 1 },
        lastGoodAt,
      };
      expect((await glanceAt(id)).pours).toEqual(counted);
      expect((await node.send(node.run())).status).toBe(200);
      const other = await centre.enrolNode();
      await tell(other, { ...facts.unmatched(901, 'fail'), occurredAt: at });
      expect((await glanceAt(id)).pours).toEqual(counted);
      // Told late: the last good one stays the last.
      await tell(node, ...pour('ok', at - 2 * DAY_MS));
      expect((await glanceAt(id)).pours).toEqual({ ...counted, week: { ...counted.week, ok: 5 } });
      at += DAY_MS;
      expect((await glanceAt(id)).pours).toEqual({ today: none, week: { ...counted.week, ok: 4 }, lastGoodAt });
    });

    it('[OPS-03] is paused from when somebody took it out of use until it is back, by whom that was', async () => {
      const { node, id } = await shopWithDispenser();
      const eva = centre.makeId();
      const person = { id: eva, storeId: node.storeId, name: 'Eva', role: 'cashier' as const, pin: '481516' };
      await centre.as.staff.create({ body: person });
      const pause = (paused: boolean, occurredAt: number, staff: string | null = eva): NewFact => ({
        kind: 'dispenser.paused',
        body: { dispenserId: id, paused },
        staff,
        occurredAt,
      });
      const pausedNow = async () => (await glanceAt(id)).paused;
      expect(await pausedNow()).toBeNull();
      await tell(node, pause(true, at));
      expect(await pausedNow()).toEqual({ since: new Date(at).toISOString(), by: 'Eva' });
      await tell(node, pause(false, at + 2_000));
      expect(await pausedNow()).toBeNull();
      // An earlier machine of the store tells late what it did.
      await tell(node, pause(true, at + 1_000));
      expect(await pausedNow()).toBeNull();
      await tell(node, pause(true, at + 3_000, null));
      expect(await pausedNow()).toEqual({ since: new Date(at + 3_000).toISOString(), by: null });
    });

    it('[OPS-03] [IOT-02] pours as its own node says, as long as it says so', async () => {
      const [{ node, id }, elsewhere] = [await shopWithDispenser(), await shopWithDispenser()];
      const pouringAt = async (device: string) => (await glanceAt(device)).pouring;
      const pouring = [id, elsewhere.id].map((deviceId) => ({ deviceId, receipt: 'T1A-000412' }));
      expect(await (await tellStatus(node, pouring)).json()).toMatchObject({ acknowledged: { generation: 1 } });
      expect(await pouringAt(id)).toEqual({ receipt: 'T1A-000412' });
      expect(await pouringAt(elsewhere.id)).toBeNull();
      const refused = await tellStatus(node, [{ deviceId: id, receipt: 'T'.repeat(41) }]);
      expect(refused.status).toBe(422);
      expect(await refused.json()).toMatchObject({ field: expect.stringContaining('devices.pouring[0]') });
      expect((await tellStatus(node, Array(65).fill(pouring[0]))).status).toBe(422);
      expect(await pouringAt(id)).toEqual({ receipt: 'T1A-000412' });
      await tellStatus(node, [{ deviceId: id, receipt: null }]);
      expect(await pouringAt(id)).toEqual({ receipt: null });
      await tellStatus(node);
      expect(await pouringAt(id)).toBeNull();
    });
  });

  async function tellStatus(node: FakeNode, pouring: readonly object[] = []) {
    const devices = { total: 1, online: 1, pouring };
    const status = { head: { generation: 1, seq: 0 }, waiting: 0, oldestWaitingAt: null, version: '0.1.0', devices };
    return post(`${centre.url}/sync/status`, status, await node.token());
  }
}
