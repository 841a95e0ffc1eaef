// Devices of a store node by the command, as somebody who stands beside them: tested, watched, and given a new firmware.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestNode, type TestNode } from '#node/test-node';
import { virtualImage } from '../node/devices/virtual/test-image.ts';
import { runIn, testFolder } from './test-cli.ts';

let node: TestNode;

beforeAll(async () => {
  node = await startTestNode({ demo: true });
});
afterAll(() => node.remove());

const lapak = (...args: string[]) => runIn(testFolder(), ['device', ...args, '--data-folder', node.dataFolder]);

describe('a device beside the store node', () => {
  it('[DSP-11] is tested by the command: whether it is there, and one turn of a motor', { timeout: 120_000 }, async () => {
    expect(await lapak('test', 'Water', '--link')).toMatchObject({ code: 0, stdout: expect.stringContaining('firmware 1.0.0') });
    // Nobody is there to be asked, and a motor turns.
    expect(await lapak('test', 'Water')).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    expect(await lapak('test', '7', '--yes')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/slot 0: turned in \d+ ms, 1 fell/),
    });
    expect(await lapak('test', 'Water', '--slot', '99', '--yes')).toMatchObject({
      code: 7,
      stderr: expect.stringContaining('it has no such slot'),
    });
    expect(await lapak('test', 'Nothing')).toMatchObject({ code: 4 });
    expect((await lapak('test', 'Water', '--yes', '--dry-run')).stdout).toContain('/commands');
    const json = await lapak('test', 'Water', '--link', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ ok: true, result: { command: 'ping', state: 'done' } });
  });

  it('[DSP-11] is shown in one line, or as one document', { timeout: 60_000 }, async () => {
    expect(await lapak('monitor', '--once')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/Water 1 +dispenser online +1\.0\.0 +seen \d+\w ago/),
    });
    const [{ id = '' } = {}] = (await node.device.list()).items;
    const pause = (paused: boolean) => node.voucher.pause({ params: { id }, body: { paused } });
    await pause(true);
    expect((await lapak('monitor', '--once')).stdout).toMatch(/Water 1 .*paused/);
    await pause(false);
    const json = await lapak('monitor', 'Water', '--once', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ name: 'Water 1', state: 'online', config: { wanted: 1, running: 1 } });
  });

  it('[DSP-11] [DSP-10] is given a new firmware, and refuses a wrong one with its reason', { timeout: 120_000 }, async () => {
    const file = join(testFolder(), 'water.bin');
    const image = virtualImage(0x00010400, new Uint8Array(2_000).fill(3));
    writeFileSync(file, image);
    const update = (firmware: string, ...more: string[]) =>
      lapak('update', 'Water', file, '--firmware', firmware, '--here', ...more);
    expect(await update('1.4.0')).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    expect(await update('1.4', '--yes')).toMatchObject({ code: 2, stderr: expect.stringContaining('1.4.0') });
    expect(await update('1.4.0', '--yes')).toMatchObject({ code: 0, stdout: expect.stringContaining('runs 1.4.0 and keeps it') });
    expect((await lapak('monitor', '--once')).stdout).toContain('1.4.0');
    expect((await update('1.4.0', '--yes')).stdout).toContain('already');
    writeFileSync(
      file,
      image.map((byte, at) => (at === 100 ? byte ^ 1 : byte)),
    );
    expect(await update('1.5.0', '--yes')).toMatchObject({ code: 7, stderr: expect.stringContaining('did not sign') });
    expect(await lapak('update', 'Water', '/nowhere', '--firmware', '1.5.0', '--here', '--yes')).toMatchObject({ code: 4 });
    expect(await update('1.5.0', '--yes', '--no-wait')).toMatchObject({ code: 2, stderr: expect.stringContaining('--here') });
  });
});
