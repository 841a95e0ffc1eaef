// The commands of devices and pickups, through the binary, against a real centre with a store's node.
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { startTestCentre, type TestCentre } from '#sync-server/test-centre';
import type { FakeNode } from '#sync-server/test-node';
import { type RunOptions, runIn, testFolder } from './test-cli.ts';

let centre: TestCentre;
let node: FakeNode;

beforeAll(async () => {
  centre = await startTestCentre();
  const storeId = await centre.addStore({ code: 'warung-sari' });
  node = await centre.enrolNode(storeId);
  await centre.as.taxRate.set({ body: { country: 'ID', taxClass: 'standard', name: 'PPN', rate: 1_100, inclusive: true } });
  const price = { amount: 300_000, currency: 'IDR' };
  await centre.as.product.create({ body: { id: centre.makeId(), sku: 'AIR-600', name: 'Air', dispensable: true, price } });
});

const lapak = (args: readonly string[], { folder = testFolder(), ...more }: RunOptions & { folder?: string } = {}) =>
  runIn(folder, args, { ...more, env: { LAPAK_SERVER: centre.url, LAPAK_TOKEN: centre.admin.token } });

const add = (name: string, ...more: string[]) =>
  lapak(['device', 'add', 'warung-sari', '--kind', 'dispenser', '--name', name, '--slot', '0=AIR-600', ...more]);

describe('lapak device', () => {
  it('[DSP-11] adds, lists, shows, changes and archives, and says in words what it will not', async () => {
    expect(await add('Water 1', '--link', 'serial:/dev/ttyUSB0')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('as number'),
    });
    const fridge = ['device', 'add', 'warung-sari', '--kind', 'fridge', '--name', 'Cold 1', '--link', 'mqtt'];
    expect((await lapak([...fridge, '--set', 'highest=60', '--set', 'doorOpenMinutes=none'])).code).toBe(0);
    expect((await lapak(['device', '--store', 'warung-sari'])).stdout).toMatch(
      /fridge +Cold 1 +- +mqtt +unknown[\s\S]+dispenser +Water 1 +\d+ +serial:\/dev\/ttyUSB0 +unknown/,
    );
    expect((await lapak(['device', 'change', 'cold', '--set', 'highest=50'])).stdout).toContain('version 2');
    const shown = await lapak(['device', 'show', 'Cold 1']);
    expect(shown.stdout).toMatch(/State +unknown[\s\S]+Settings +version 2; it runs nobody knows which[\s\S]+highest +50/);
    expect(await lapak([...fridge, '--set', 'lowest=99'])).toMatchObject({ code: 2, stderr: expect.stringContaining('lowest') });
    expect(await add('Water 9', '--link', 'usb')).toMatchObject({ code: 2, stderr: expect.stringContaining('--link serial:') });
    expect((await lapak(['device', 'archive', 'Cold 1', '--yes'])).stdout).toContain('Archived Cold 1');
    expect((await lapak(['device', 'list', '--archived', '--json'])).stdout).toContain('Cold 1');
    expect((await lapak(['device', 'show', 'Cold 1'])).code).toBe(4);
  }, 120_000);

  it('[DSP-11] provisions into a file that only its owner reads, and never writes over one', async () => {
    await add('Water 2', '--link', 'virtual');
    const folder = testFolder();
    const file = join(folder, 'water-2.csv');
    const provision = (name: string, password = centre.admin.password) =>
      lapak(['device', 'provision', 'Water 2', '--file', name, '--password', '-', '--yes'], { folder, input: password });
    const given = await provision(file);
    expect(given).toMatchObject({ code: 0, stdout: expect.stringContaining('Destroy it') });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const text = readFileSync(file, 'utf8');
    const rootKey = /root_key,data,hex2bin,([0-9a-f]{64})/.exec(text)?.[1] ?? '';
    expect(rootKey).toHaveLength(64);
    expect(given.stdout + given.stderr).not.toContain(rootKey);
    expect(await provision(file)).toMatchObject({ code: 2, stderr: expect.stringContaining('cannot be written') });
    expect(readFileSync(file, 'utf8')).toBe(text);
    const other = join(folder, 'other.csv');
    expect(await provision(other, 'guess')).toMatchObject({ code: 5 });
    expect(existsSync(other)).toBe(false);
    expect((await provision('-')).stdout).toMatch(/^key,type,encoding,value\n/);
  }, 120_000);

  it('[IOT-03] [DSP-11] asks a device for something and ends as that ended', async () => {
    await add('Water 3', '--link', 'virtual');
    const [device] = (await centre.as.device.list({ query: {} })).items.filter(({ name }) => name === 'Water 3');
    const deviceId = device?.id ?? '';
    const asked = await lapak(['device', 'command', 'Water 3', 'test-motor', '--arg', 'slot=0', '--no-wait', '--json']);
    expect(JSON.parse(asked.stdout)).toMatchObject({ ok: true, result: { state: 'queued', args: { slot: 0 } } });
    const waiting = lapak(['device', 'command', 'Water 3', 'ping', '--timeout', '60']);
    const second = async () => (await centre.as.deviceOrder.list({ params: { id: deviceId }, query: {} })).items[0];
    await expect.poll(async () => (await second())?.command, { timeout: 30_000 }).toBe('ping');
    const commandId = (await second())?.id;
    node.append({
      kind: 'device.answered',
      body: { deviceId, commandId, directiveId: null, outcome: 'failed', detail: 'jammed' },
    });
    await node.push();
    expect(await waiting).toMatchObject({ code: 7, stderr: expect.stringContaining('its motor did not come home') });
    expect(await lapak(['device', 'command', 'Water 3', 'sing'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('It knows'),
    });
  }, 120_000);
});

describe('lapak device update', () => {
  it('[DSP-11] [DSP-10] brings the image to the centre, asks the store of the device, and ends as that ended', async () => {
    await add('Water 4', '--link', 'virtual');
    const [device] = (await centre.as.device.list({ query: {} })).items.filter(({ name }) => name === 'Water 4');
    const deviceId = device?.id ?? '';
    const folder = testFolder();
    const file = join(folder, 'water.bin');
    writeFileSync(file, 'an image of 1.4.0');
    const update = (...more: string[]) => lapak(['device', 'update', 'Water 4', file, ...more], { folder });
    expect(await update('--firmware', '1.4.0')).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    expect(await update('--firmware', '1.4', '--yes')).toMatchObject({ code: 2, stderr: expect.stringContaining('1.4.0') });
    expect((await update('--firmware', '1.4.0', '--dry-run')).stdout).toContain('/api/v1/firmware');
    expect((await lapak(['firmware'])).stdout).toContain('No firmware images');

    const asked = await update('--firmware', '1.4.0', '--yes', '--no-wait', '--json');
    expect(JSON.parse(asked.stdout)).toMatchObject({ ok: true, result: { command: 'update', state: 'queued' } });
    let meanwhile = '';
    const waiting = lapak(['device', 'update', 'Water 4', file, '--firmware', '1.4.0', '--yes'], {
      folder,
      onStderr: (said) => {
        meanwhile = said;
      },
    });
    const orders = async () => (await centre.as.deviceOrder.list({ params: { id: deviceId }, query: {} })).items;
    // It says so at its first look: answered before that, it would have nothing to say.
    await expect.poll(() => meanwhile, { timeout: 30_000 }).toContain('has not said yet whether Water 4 is there');
    const answer = async (commandId: string | undefined, outcome: string, detail: string) => {
      node.append({ kind: 'device.answered', body: { deviceId, commandId, directiveId: null, outcome, detail } });
      await node.push();
    };
    const [second, first, ...others] = await orders();
    expect(others).toEqual([]);
    expect(second?.args).toEqual(first?.args);
    await answer(second?.id, 'done', 'confirmed');
    expect(await waiting).toMatchObject({ code: 0, stdout: 'Water 4 runs 1.4.0 and keeps it.\n' });

    expect((await lapak(['firmware', 'list'])).stdout).toMatch(/1\.4\.0 +17 /);
    expect(await lapak(['firmware', 'remove', '1.4.0', '--yes'])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('Water 4 is asked to take it'),
    });
    await answer(first?.id, 'failed', 'bad-signature');
    await centre.settle();
    expect((await lapak(['firmware', 'remove', '1.4.0', '--yes'])).stdout).toContain('Removed the image of 1.4.0');
    expect(await lapak(['firmware', 'remove', '1.4.0', '--yes'])).toMatchObject({ code: 4 });
    expect(await lapak(['device', 'command', 'Water 4', 'update', '--arg', `digest=${'a'.repeat(64)}`])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('lapak device update DEVICE FILE'),
    });
  }, 180_000);

  it('[DSP-11] [DSP-10] says in words why the device did not take it, and which of two builds is meant', async () => {
    await add('Water 5', '--link', 'virtual');
    const [device] = (await centre.as.device.list({ query: {} })).items.filter(({ name }) => name === 'Water 5');
    const deviceId = device?.id ?? '';
    const folder = testFolder();
    const file = join(folder, 'water.bin');
    writeFileSync(file, 'one build');
    const waiting = lapak(['device', 'update', 'Water 5', file, '--firmware', '1.5.0', '--yes'], { folder });
    const order = async () => (await centre.as.deviceOrder.list({ params: { id: deviceId }, query: {} })).items[0];
    await expect.poll(order, { timeout: 30_000 }).toBeDefined();
    const body = { deviceId, commandId: (await order())?.id, directiveId: null, outcome: 'failed', detail: 'bad-signature' };
    node.append({ kind: 'device.answered', body });
    await node.push();
    expect(await waiting).toMatchObject({ code: 7, stderr: expect.stringContaining('did not sign') });
    const other = Buffer.from('another build').toString('base64');
    await centre.as.firmware.add({ body: { firmware: '1.5.0', image: other } });
    expect(await lapak(['firmware', 'remove', '1.5.0', '--yes'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Name the digest'),
    });
    const [newest] = (await centre.as.firmware.list({ query: {} })).items;
    expect((await lapak(['firmware', 'remove', newest?.digest.slice(0, 12) ?? '', '--yes'])).code).toBe(0);
  }, 120_000);
});

describe('lapak pickup', () => {
  it('[ORD-12] asks a store for what was bought elsewhere, and says how far it is', async () => {
    const asked = await lapak(['pickup', 'add', 'warung-sari', '--reference', 'WEB-1042', '--line', 'AIR-600=2']);
    expect(asked).toMatchObject({ code: 0, stdout: expect.stringContaining('2 vouchers') });
    expect((await lapak(['pickup'])).stdout).toMatch(/WEB-1042 +warung-sari +sent +0 of 2/);
    expect(await lapak(['pickup', 'again', 'WEB-1042'])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('has not answered'),
    });
    expect(await lapak(['pickup', 'add', 'warung-sari', '--reference', 'X', '--line', 'AIR-600'])).toMatchObject({ code: 2 });
  }, 120_000);
});
