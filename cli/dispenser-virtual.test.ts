// A played dispenser as a program of its own, at a broker: what is typed happens to it, and its node hears of it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { randomBytes, systemClock } from '#node/base/clock';
import type { Presence } from '#node/devices/driver';
import { openBroker } from '#node/devices/mqtt/broker';
import { openConnection } from '#node/devices/mqtt/connection';
import { openMqtt } from '#node/devices/mqtt/driver';
import { trialCode, trialDispenser, trialNode } from '#scripts/dispenser-trial/node';
import { runIn, testFolder } from './test-cli.ts';
import { playByCommand, soon } from './test-played.ts';

const device = { family: 'sd' as const, store: 'warung-sari', name: '7' };
const { rootKey } = trialDispenser;

async function openNode() {
  const parts = { clock: systemClock, random: randomBytes };
  const onFault = (error: unknown) => expect.fail(String(error));
  const find = (name: string) => (name === '7' ? { ...device, rootKey } : undefined);
  const broker = await openBroker({ ...parts, host: '127.0.0.1', port: 0, find, refused: () => {}, onFault });
  const connection = openConnection({ ...parts, reach: async () => broker, clientId: 'node', onFault });
  onTestFinished(() => connection.stop());
  const driver = openMqtt({ connection, device, refused: () => {} });
  const node = trialNode({ clock: systemClock, send: (bytes) => void driver.send(bytes) });
  const presences: Presence[] = [];
  await driver.start({ message: node.receive, presence: (presence) => presences.push(presence) });
  return { url: `mqtt://127.0.0.1:${broker.port}`, node, presences };
}

it('[DSP-11] [DSP-07] plays a dispenser by its key file: pours, jams, loses its power in the middle, and goes on', {
  timeout: 180_000,
}, async () => {
  const { url, node, presences } = await openNode();
  const folder = testFolder();
  const file = join(folder, 'dispenser-7.csv');
  const rows = [
    'dispenser,data,u32,7',
    `root_key,data,hex2bin,${Buffer.from(rootKey).toString('hex')}`,
    'store,data,string,warung-sari',
  ];
  writeFileSync(file, ['key,type,encoding,value', ...rows, `mqtt_uri,data,string,${url}`, ''].join('\n'));
  const played = playByCommand(folder, ['--key-file', file, '--motor-ms', '100']);
  await expect.poll(() => node.of('state').at(-1)?.clockValid, soon).toBe('yes');
  await expect.poll(() => played.said[0], soon).toContain(`Dispenser 7 is at ${url}`);
  const scan = (serial: number) => played.type(`scan ${trialCode({ serial, expiresAtMs: systemClock.now() + 600_000 })}`);
  const outcome = (serial: number) => expect.poll(() => node.of('outcome').find((one) => one.serial === serial)?.result, soon);
  scan(1);
  await outcome(1).toBe('ok');
  played.type('no-drop');
  scan(2);
  await outcome(2).toBe('fail');
  expect(await played.state()).toMatchObject({ on: true, linked: true, turns: 3 });
  played.type('drop');
  played.type('fill 0');
  played.type('unplug');
  await expect.poll(() => presences.at(-1), soon).toBe('lost');
  expect(await played.state()).toMatchObject({ linked: false });
  played.type('plug');
  await expect.poll(() => presences.at(-1), soon).toBe('present');
  played.type('nonsense');
  // Among other notes: that its node is there again may come after it.
  await expect.poll(() => played.noted, soon).toContainEqual(expect.stringContaining('cut-after FLASH-STEPS'));
  played.kill('SIGKILL');
  await played.ended;
  await expect.poll(() => presences.at(-1), soon).toBe('lost');
  const again = playByCommand(folder, ['--key-file', file, '--motor-ms', '100', '--at-start', 'jam']);
  await expect.poll(() => presences.at(-1), soon).toBe('present');
  await expect.poll(() => node.of('state').at(-1)?.clockValid, soon).toBe('yes');
  again.type(`scan ${trialCode({ serial: 1, expiresAtMs: systemClock.now() + 600_000 })}`);
  await expect.poll(() => again.noted, soon).toContain('refused: used');
  again.kill('SIGTERM');
  expect((await again.ended)[0]).toBe(0);
});

it.each<[string, string[], Record<string, string>, string]>([
  ['no key', ['--mqtt', 'mqtt://x'], {}, 'needs its key'],
  ['no place', ['--number', '7'], { LAPAK_DISPENSER_KEY: '5a'.repeat(32) }, '--serial /dev/ttyUSB0'],
  ['two places', ['--number', '7', '--serial', '/dev/x', '--mqtt', 'mqtt://x'], {}, '--mqtt'],
  ['no store', ['--number', '7', '--mqtt', 'mqtt://x'], { LAPAK_DISPENSER_KEY: '5a'.repeat(32) }, '--store'],
  [
    'a user in the address',
    ['--number', '7', '--mqtt', 'mqtt://u:hidden@x'],
    { LAPAK_DISPENSER_KEY: '5a'.repeat(32) },
    'Leave it out',
  ],
  ['no address', ['--number', '7', '--mqtt', 'x'], { LAPAK_DISPENSER_KEY: '5a'.repeat(32) }, 'no address of a broker'],
])('[DSP-11] with %s says what is missing', async (_, args, env, why) => {
  const ran = await runIn(testFolder(), ['dispenser', 'virtual', ...args], { env });
  expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining(why) });
  expect(ran.stderr + ran.stdout).not.toContain('hidden');
});
