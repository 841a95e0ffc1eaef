// The gateway as a plain client of gRPC meets it: its own reading of the .proto, over HTTP/2, at the centre's one port.
import { credentials, loadPackageDefinition, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { sql } from 'drizzle-orm';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Role } from '#schema/rules/access';
import { staleMessages } from '#scripts/gateway-messages';
import { startTestCentre } from '../test-centre.ts';

const centre = await startTestCentre();
const { as, makeId, admin } = centre;
const node = await centre.enrolNode();
const { storeId } = node;
const { id: deviceId } = await as.device.create({
  body: { id: makeId(), storeId, kind: 'fridge', name: 'Fridge', link: { kind: 'mqtt' } },
});

type Answer = Record<string, unknown>;
type Reply = (error: ServiceError | null, answer: Answer) => void;
interface Stream {
  write(data: unknown): void;
  end(): void;
}
interface PlainClient {
  [method: string]: (...given: unknown[]) => Stream;
}

const definition = loadSync('schema/wire/gateway.proto', { longs: Number, defaults: false, oneofs: true });
const Gateway = (
  loadPackageDefinition(definition) as never as {
    lapak: { gateway: { v1: { DeviceGateway: new (address: string, how: unknown) => PlainClient & { close(): void } } } };
  }
).lapak.gateway.v1.DeviceGateway;

function client(token?: string) {
  const plain = new Gateway(new URL(centre.url).host, credentials.createInsecure());
  onTestFinished(() => plain.close());
  const metadata = new Metadata();
  if (token !== undefined) metadata.set('authorization', `Bearer ${token}`);
  const call = (method: string, request: object) =>
    new Promise<Answer>((resolve, reject) => {
      const reply: Reply = (error, answer) => (error ? reject(error) : resolve(answer));
      plain[method]?.(request, metadata, reply);
    });
  const send = (readings: readonly object[]) =>
    new Promise<Answer>((resolve, reject) => {
      const reply: Reply = (error, answer) => (error ? reject(error) : resolve(answer));
      const stream = plain.ReceiveDeviceData?.(metadata, reply);
      for (const reading of readings) stream?.write(reading);
      stream?.end();
    });
  return { call, send };
}

const refused = (call: Promise<Answer>) =>
  call.then(
    () => 'done',
    ({ code, metadata }: ServiceError) => ({ code, why: metadata.get('lapak-code')[0], field: metadata.get('lapak-field')[0] }),
  );

const reading = (from: number, value: number, more: object = {}) => {
  return { deviceId, metric: 'temperature', from, to: from, count: 1, min: value, max: value, mean: value, last: value, ...more };
};

describe('gRPC', () => {
  it('[IOT-06] GetDeviceStatus answers what HTTP answers', async () => {
    const { call } = client(admin.token);
    expect(await call('GetDeviceStatus', { deviceId })).toMatchObject({
      deviceId,
      storeId,
      state: 'unknown',
      wantedConfigVersion: 1,
    });
    node.append({
      kind: 'device.changed',
      body: { deviceId, state: 'fault', reason: 'too warm ☕', firmware: '1.4', configVersion: 1, lastSeenAt: 5_000 },
    });
    node.append({
      kind: 'device.alerted',
      body: { deviceId, what: 'too-cold', value: -25, limit: -10, since: 4_000, overAt: null },
    });
    await node.push();
    await centre.settle();
    const over = await call('GetDeviceStatus', { deviceId });
    const http = await as.deviceStatus.show({ params: { id: deviceId } });
    expect(over).toMatchObject({ state: 'fault', reason: 'too warm ☕', firmware: '1.4', configVersion: 1, lastSeenAt: 5_000 });
    expect(over.alerts).toEqual([{ what: 'too-cold', value: -25, limit: -10, since: 4_000 }]);
    expect(new Date(over.since as number).toISOString()).toBe(http.since);
  });

  it('[IOT-06] SendDeviceCommand gives a command once, and refuses by field what cannot be', async () => {
    const { call } = client(admin.token);
    const wish = {
      id: makeId(),
      deviceId,
      command: 'defrost',
      arguments: { minutes: { whole: 5 }, gently: { truth: true }, note: { text: 'pelan' } },
      ttlSeconds: 60,
    };
    const given = await call('SendDeviceCommand', wish);
    expect(given).toMatchObject({ id: wish.id, deviceId, state: 'queued' });
    expect(Number(given.expiresAt) - Number(given.askedAt)).toBe(60_000);
    expect(await call('SendDeviceCommand', wish)).toEqual(given);
    expect(await as.deviceOrder.show({ params: { id: deviceId, commandId: wish.id } })).toMatchObject({
      args: { minutes: 5, gently: true, note: 'pelan' },
    });
    const wrong = (more: object) => refused(call('SendDeviceCommand', { ...wish, ...more }));
    expect(await wrong({ command: 'other' })).toMatchObject({ code: status.INVALID_ARGUMENT, why: 'id-reused' });
    expect(await wrong({ id: 'x' })).toMatchObject({ code: status.INVALID_ARGUMENT, field: 'id' });
    expect(await wrong({ id: makeId(), command: 'rm -rf' })).toMatchObject({ code: status.INVALID_ARGUMENT, field: 'command' });
    expect(await wrong({ id: makeId(), deviceId: makeId() })).toMatchObject({ code: status.NOT_FOUND, why: 'unknown-device' });
    expect(await wrong({ deviceId: 'fridge' })).toMatchObject({ code: status.INVALID_ARGUMENT, field: 'device_id' });
  });

  it('[IOT-06] ReceiveDeviceData keeps a stream of what was measured, each stretch once; a wrong one is refused with its piece', async () => {
    const { send, call } = client(await centre.personWith('operator'));
    const many = Array.from({ length: 1_200 }, (_, at) => reading(1_000_000 + at, at % 50));
    expect(await send(many)).toMatchObject({ kept: 1_200 });
    expect(await send(many.slice(0, 3))).toMatchObject({ repeated: 3 });
    expect((await call('GetDeviceStatus', { deviceId })).latest).toMatchObject([{ metric: 'temperature', last: 49 }]);
    const rows = async () =>
      Number((await centre.database.db.execute(sql`SELECT count(*) AS n FROM device_telemetry`)).rows[0]?.n);
    expect(await rows()).toBe(1_200);
    const wrong = (more: object) => refused(send([reading(5_000, 1), reading(6_000, 1, more)]));
    expect(await wrong({ deviceId: makeId() })).toMatchObject({ code: status.NOT_FOUND, why: 'unknown-device' });
    expect(await wrong({ max: -9 })).toMatchObject({ code: status.INVALID_ARGUMENT, field: 'max' });
    expect(await wrong({ metric: 'Not A Metric' })).toMatchObject({ code: status.INVALID_ARGUMENT, field: 'metric' });
    expect(await wrong({ to: Date.now() + 90_000_000 })).toMatchObject({ code: status.INVALID_ARGUMENT, field: 'to' });
    expect(await rows()).toBe(1_200);
  });

  it('[IOT-06] VerifyStoreAccess says who may what in a store: people by their role, a node in its own', async () => {
    const other = await centre.addStore();
    const may = async (token: string, request: object) =>
      (await client(token).call('VerifyStoreAccess', request)).allowed ?? false;
    const finance = await centre.personWith('finance');
    expect(await may(admin.token, { storeId, permission: 'device.provision' })).toBe(true);
    expect(await may(finance, { storeId, permission: 'device.provision' })).toBe(false);
    expect(await may(finance, { storeId })).toBe(true);
    expect(await may(admin.token, { storeId: makeId() })).toBe(false);
    expect(await may(await node.token(), { storeId })).toBe(true);
    expect(await may(await node.token(), { storeId: other })).toBe(false);
    expect(await may(await node.token(), { storeId, permission: 'device.read' })).toBe(false);
    const unknown = client(admin.token).call('VerifyStoreAccess', { storeId, permission: 'everything' });
    expect(await refused(unknown)).toMatchObject({ code: status.INVALID_ARGUMENT, field: 'permission' });
  });

  it('[IOT-06] GetStoreInfo tells people of every store, and a node of its own', async () => {
    const info = await client(admin.token).call('GetStoreInfo', { storeId });
    expect(info).toMatchObject({ id: storeId, currency: 'IDR', timeZone: 'Asia/Jakarta', environment: 'prod' });
    expect(await client(await node.token()).call('GetStoreInfo', { storeId })).toEqual(info);
    const other = client(await node.token()).call('GetStoreInfo', { storeId: await centre.addStore() });
    expect(await refused(other)).toMatchObject({ code: status.PERMISSION_DENIED });
    expect(await refused(client(admin.token).call('GetStoreInfo', { storeId: makeId() }))).toMatchObject({
      code: status.NOT_FOUND,
    });
  });

  it('[IOT-06] lets in by the same rules as HTTP: nobody without a token, each role to what it may', async () => {
    const calls = (token?: string) => {
      const { call, send } = client(token);
      return [
        call('GetDeviceStatus', { deviceId }),
        call('SendDeviceCommand', { id: makeId(), deviceId, command: 'ping' }),
        send([reading(7_000, 1)]),
        call('VerifyStoreAccess', { storeId }),
        call('GetStoreInfo', { storeId }),
      ].map((one) =>
        one.then(
          () => 'ok',
          ({ code }: ServiceError) => status[code],
        ),
      );
    };
    const nobody = Array(5).fill('UNAUTHENTICATED');
    expect(await Promise.all(calls())).toEqual(nobody);
    expect(await Promise.all(calls('lapak_unknown'))).toEqual(nobody);
    const [yes, no] = ['ok', 'PERMISSION_DENIED'];
    const expected: [Role, string[]][] = [
      ['admin', [yes, yes, yes, yes, yes]],
      ['manager', [yes, yes, no, yes, yes]],
      ['operator', [yes, yes, yes, yes, yes]],
      ['finance', [yes, no, no, yes, yes]],
    ];
    for (const [role, answers] of expected)
      expect(await Promise.all(calls(await centre.personWith(role))), role).toEqual(answers);
    expect(await Promise.all(calls(await node.token()))).toEqual([no, no, no, yes, yes]);
  });

  it('[IOT-06] the same calls work as JSON over HTTP/1.1, for whoever has only that', async () => {
    const ask = (token: string, body: object) =>
      fetch(`${centre.url}/lapak.gateway.v1.DeviceGateway/GetStoreInfo`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    expect(await (await ask(admin.token, { storeId })).json()).toMatchObject({ id: storeId });
    const wrong = await ask(admin.token, { storeId: makeId() });
    expect([wrong.status, wrong.headers.get('lapak-code')]).toEqual([404, 'unknown-store']);
    expect((await ask('nobody', { storeId })).status).toBe(401);
    expect((await ask(admin.token, { colour: 'red' })).status).toBe(400);
  });

  it('[IOT-06] the committed messages are what the .proto gives', () => {
    expect(staleMessages()).toBeUndefined();
  });
});
