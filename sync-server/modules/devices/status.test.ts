// What a store's facts say of its devices, what the centre asks of them, and the events that tell of it.
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { CommandOutcome } from '#schema/rules/device-command';
import { systemClock } from '../../base/clock.ts';
import type { Reaction } from '../../base/reaction.ts';
import { transaction } from '../../base/transaction.ts';
import { startTestCentre } from '../../test-centre.ts';
import type { FakeNode } from '../../test-node.ts';
import { sweepTelemetry } from './telemetry.ts';

const told = new Map<string, { kind: string; body: unknown }>();
/** Reads what the modules have just written for others to hear. */
const listener: Reaction = {
  module: 'listener',
  async react(tx) {
    for (const row of (await tx.execute(sql`SELECT id, kind, body FROM outbox ORDER BY position`)).rows)
      told.set(String(row.id), { kind: String(row.kind), body: row.body });
    return undefined;
  },
};

/** Stands still until the test says that it is later; what waits is called as it is really due. */
let at = Date.UTC(2026, 10, 21, 5);
const clock = { now: () => at, after: systemClock.after };
const pass = (ms: number) => {
  at += ms;
};
const centre = await startTestCentre({ clock, moreReactions: [listener] });
const { as, makeId, database } = centre;

async function furnish(kind: 'fridge' | 'tv' = 'fridge') {
  const node = await centre.enrolNode();
  const { id } = await as.device.create({
    body: { id: makeId(), storeId: node.storeId, kind, name: 'Fridge', link: { kind: 'mqtt' } },
  });
  return { node, deviceId: id };
}

async function tell(node: FakeNode, ...facts: Parameters<FakeNode['append']>) {
  const [first] = node.append(...facts);
  await node.push();
  await centre.settle();
  return first?.id ?? '';
}

const changed = (deviceId: string, state: string, more: object = {}) => ({
  kind: 'device.changed',
  body: { deviceId, state, reason: null, firmware: '1.2', configVersion: 1, lastSeenAt: clock.now(), ...more },
});
const summed = (deviceId: string, from: number, last: number, metric = 'temperature') => ({
  kind: 'telemetry.summed',
  body: { deviceId, metric, from, to: from + 1_000, count: 2, min: last - 1, max: last, mean: last, last },
});
const answered = (deviceId: string, commandId: string, outcome: CommandOutcome, directiveId: string | null = null) => ({
  kind: 'device.answered',
  body: { deviceId, commandId, directiveId, outcome, detail: 'as it says' },
});
const refused = (call: Promise<unknown>) =>
  call.then(
    () => 'done',
    ({ problem: { status, code, field } }) => ({ status, code, field }),
  );
const statusOf = (id: string) => as.deviceStatus.show({ params: { id } });
const give = (id: string, more: object = {}) =>
  as.deviceOrder.give({ params: { id }, body: { id: makeId(), command: 'defrost', ...more } });
const directiveOf = async (commandId: string) =>
  String(
    (await database.db.execute(sql`SELECT directive_id FROM device_commands WHERE id = ${commandId}`)).rows[0]?.directive_id,
  );

describe('the status of a device', () => {
  it('[IOT-02] is what its node told last, unknown before that, with the settings that it runs and should run', async () => {
    const { node, deviceId } = await furnish();
    expect(await statusOf(deviceId)).toMatchObject({
      state: 'unknown',
      since: null,
      wantedConfigVersion: 1,
      configVersion: null,
    });
    await tell(node, changed(deviceId, 'online'));
    const since = new Date(clock.now()).toISOString();
    pass(60_000);
    await as.device.change({ params: { id: deviceId }, body: { config: { highest: 50 } } });
    await tell(node, changed(deviceId, 'online', { configVersion: 2 }));
    expect(await statusOf(deviceId)).toMatchObject({
      state: 'online',
      since,
      configVersion: 2,
      wantedConfigVersion: 2,
      firmware: '1.2',
    });
    await tell(node, changed(deviceId, 'fault', { reason: 'jammed' }));
    expect(await statusOf(deviceId)).toMatchObject({
      state: 'fault',
      reason: 'jammed',
      since: new Date(clock.now()).toISOString(),
    });
    expect(await refused(statusOf(makeId()))).toMatchObject({ status: 404, code: 'unknown-device' });
  });

  it('[IOT-02] is not for another store’s node to tell', async () => {
    const { deviceId } = await furnish();
    const other = await centre.enrolNode();
    await tell(other, changed(deviceId, 'fault'), summed(deviceId, 1_000, 99));
    expect(await statusOf(deviceId)).toMatchObject({ state: 'unknown', latest: [] });
  });

  it('[IOT-05] has what it measured, once however often it is told, and lets go of what is old', async () => {
    const { node, deviceId } = await furnish();
    const now = clock.now();
    const old = now - 92 * 86_400_000;
    await tell(
      node,
      summed(deviceId, old, 30),
      summed(deviceId, now, 40),
      summed(deviceId, now, 40),
      summed(deviceId, now, 1, 'door'),
    );
    const { items, next } = await as.deviceStatus.telemetry({
      params: { id: deviceId },
      query: { metric: 'temperature', limit: '1' },
    });
    expect(items).toMatchObject([{ metric: 'temperature', last: 40, count: 2 }]);
    const rest = await as.deviceStatus.telemetry({
      params: { id: deviceId },
      query: { metric: 'temperature', after: next ?? '' },
    });
    expect(rest.items).toMatchObject([{ last: 30 }]);
    expect((await statusOf(deviceId)).latest.map(({ metric, last }) => [metric, last])).toEqual([
      ['door', 1],
      ['temperature', 40],
    ]);
    await transaction(database, (tx) => sweepTelemetry(tx, now, 100));
    const kept = (await as.deviceStatus.telemetry({ params: { id: deviceId }, query: {} })).items;
    expect(kept.map(({ from }) => Date.parse(from))).toEqual([now, now]);
  });

  it('[IOT-05] has its alerts from when each began until it was over', async () => {
    const { node, deviceId } = await furnish();
    const alert = (overAt: number | null, since = 5_000) => ({
      kind: 'device.alerted',
      body: { deviceId, what: 'too-warm', value: 95, limit: 80, since, overAt },
    });
    await tell(node, alert(null));
    expect((await statusOf(deviceId)).alerts).toMatchObject([{ what: 'too-warm', value: 95, limit: 80, overAt: null }]);
    await tell(node, alert(9_000), alert(null, 20_000), alert(null, 20_000));
    const { items } = await as.deviceStatus.alerts({ params: { id: deviceId }, query: {} });
    expect(items.map(({ since, overAt }) => [Date.parse(since), overAt && Date.parse(overAt)])).toEqual([
      [20_000, null],
      [5_000, 9_000],
    ]);
    expect((await statusOf(deviceId)).alerts.length).toBe(1);
  });

  it('[IOT-02] [OPS-03] is seen of all devices at one glance, with the alerts that are open', async () => {
    const { node, deviceId } = await furnish();
    const alert = { deviceId, what: 'too-warm', value: 95, limit: 80, since: clock.now() };
    const ended = { ...alert, what: 'door-open', overAt: clock.now() };
    await tell(
      node,
      changed(deviceId, 'online'),
      { kind: 'device.alerted', body: { ...alert, overAt: null } },
      { kind: 'device.alerted', body: ended },
    );
    const unheard = await furnish('tv');
    const { items } = await as.deviceStatus.glance();
    const glanceAt = (id: string) => items.find((item) => item.id === id);
    expect(glanceAt(deviceId)).toMatchObject({
      kind: 'fridge',
      state: 'online',
      alerts: ['too-warm'],
      configVersion: 1,
      wantedConfigVersion: 1,
    });
    expect(glanceAt(unheard.deviceId)).toMatchObject({ kind: 'tv', state: 'unknown', alerts: [], configVersion: null });
    await as.device.change({ params: { id: deviceId }, body: { archived: true } });
    expect((await as.deviceStatus.glance()).items.map(({ id }) => id)).not.toContain(deviceId);
  });
});

describe('events', () => {
  it('[IOT-07] tell that a device came, went, failed and measured: one for each change of state', async () => {
    const { node, deviceId } = await furnish();
    told.clear();
    const now = clock.now();
    await tell(node, changed(deviceId, 'online'), changed(deviceId, 'online', { configVersion: 2 }));
    await tell(node, changed(deviceId, 'offline', { reason: 'lost' }), changed(deviceId, 'online'));
    await tell(node, changed(deviceId, 'fault', { reason: 'jammed' }), summed(deviceId, now, 40), summed(deviceId, now, 40));
    await tell(node, {
      kind: 'device.alerted',
      body: { deviceId, what: 'door-open', value: 1, limit: 3, since: now, overAt: null },
    });
    const about = { storeId: node.storeId, deviceId };
    expect([...told.values()]).toEqual([
      { kind: 'device-online', body: { ...about, reason: null } },
      { kind: 'device-offline', body: { ...about, reason: 'lost' } },
      { kind: 'device-online', body: { ...about, reason: null } },
      { kind: 'device-error', body: { ...about, reason: 'jammed' } },
      {
        kind: 'device-data',
        body: { ...about, metric: 'temperature', from: now, to: now + 1_000, count: 2, min: 39, max: 40, mean: 40, last: 40 },
      },
      { kind: 'device-error', body: { ...about, reason: 'door-open' } },
    ]);
  });
});

describe('a command', () => {
  it('[IOT-03] goes down as a directive with its time to live, once however often it is given', async () => {
    const { node, deviceId } = await furnish();
    const body = { id: makeId(), command: 'defrost', args: { minutes: 5 }, ttlSeconds: 60 };
    const given = await as.deviceOrder.give({ params: { id: deviceId }, body });
    expect(given).toMatchObject({
      id: body.id,
      state: 'queued',
      overdue: false,
      expiresAt: new Date(clock.now() + 60_000).toISOString(),
    });
    pass(1_000);
    expect(await as.deviceOrder.give({ params: { id: deviceId }, body })).toEqual(given);
    expect(await refused(give(deviceId, { ...body, command: 'other' }))).toMatchObject({ code: 'id-reused' });
    const { rows } = await database.db.execute(sql`SELECT body FROM directives WHERE store_id = ${node.storeId}`);
    expect(rows.map((row) => row.body)).toEqual([
      { commandId: body.id, deviceId, command: 'defrost', args: { minutes: 5 }, expiresAt: Date.parse(given.expiresAt) },
    ]);
  });

  it.each(['done', 'failed', 'expired', 'unknown'] as const)(
    '[IOT-03] that came to “%s” says so, and so does its directive',
    async (outcome) => {
      const { node, deviceId } = await furnish();
      const { id } = await give(deviceId);
      const directiveId = await directiveOf(id);
      await tell(node, answered(deviceId, id, outcome, directiveId));
      expect(await as.deviceOrder.show({ params: { id: deviceId, commandId: id } })).toMatchObject({
        state: outcome,
        detail: 'as it says',
      });
      expect(await as.inventory.directive({ params: { id: directiveId } })).toMatchObject({ state: 'done' });
      await tell(node, answered(deviceId, id, 'done'));
      const { state } = await as.deviceOrder.show({ params: { id: deviceId, commandId: id } });
      expect(state).toBe(outcome === 'unknown' ? 'done' : outcome);
    },
  );

  it('[IOT-03] that nobody answers is overdue after its time; one that its store could not queue has its reason', async () => {
    const { node, deviceId } = await furnish();
    const { id } = await give(deviceId, { ttlSeconds: 10 });
    pass(10_000);
    const show = (commandId: string) => as.deviceOrder.show({ params: { id: deviceId, commandId } });
    expect(await show(id)).toMatchObject({ state: 'queued', overdue: true });
    const refusal = async (commandId: string, code: string) => ({
      kind: 'directive.answered',
      body: { directiveId: await directiveOf(commandId), answer: 'refused', code, detail: 'Too late.' },
    });
    await tell(node, await refusal(id, 'expired'));
    expect(await show(id)).toMatchObject({ state: 'expired', overdue: false, detail: 'Too late.' });
    const second = await give(deviceId);
    await tell(node, await refusal(second.id, 'queue-full'));
    expect(await show(second.id)).toMatchObject({ state: 'failed' });
    const { items } = await as.deviceOrder.list({ params: { id: deviceId }, query: {} });
    expect(items.map((order) => order.id)).toEqual([second.id, id]);
  });

  it('[IOT-03] is refused where it cannot be, and answered by its own store alone', async () => {
    const { deviceId } = await furnish();
    const printer = await as.device.create({
      body: { id: makeId(), storeId: await centre.addStore(), kind: 'printer', name: 'P' },
    });
    expect(await refused(give(printer.id))).toMatchObject({ status: 422, code: 'unknown-command', field: 'command' });
    expect(await refused(give(makeId()))).toMatchObject({ status: 404, code: 'unknown-device' });
    expect(await refused(give(deviceId, { ttlSeconds: 0 }))).toMatchObject({ status: 422, field: 'ttlSeconds' });
    expect(await refused(give(deviceId, { command: 'rm -rf' }))).toMatchObject({ status: 422, field: 'command' });
    const finance = centre.callsWith(await centre.personWith('finance'));
    const body = { id: makeId(), command: 'defrost' };
    expect(await refused(finance.deviceOrder.give({ params: { id: deviceId }, body }))).toMatchObject({ status: 403 });
    const { id } = await give(deviceId);
    const other = await centre.enrolNode();
    await tell(other, answered(deviceId, id, 'done', await directiveOf(id)));
    expect(await as.deviceOrder.show({ params: { id: deviceId, commandId: id } })).toMatchObject({ state: 'queued' });
    await as.device.change({ params: { id: deviceId }, body: { archived: true } });
    expect(await refused(give(deviceId))).toMatchObject({ status: 409, code: 'device-archived' });
  });
});
