// Printers as somebody sets them up at a store: by the command, against a real node and a simulated printer.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startTestNode, type TestNode } from '#node/test-node';
import { startPrinterSandbox } from '#scripts/sandbox/printer/printer';
import { runIn, testFolder } from './test-cli.ts';

let node: TestNode;

beforeAll(async () => {
  node = await startTestNode();
});
afterAll(() => node.remove());

const lapak = (...args: string[]) => runIn(testFolder(), ['printer', ...args, '--data-folder', node.dataFolder]);

describe('a printer by the command', () => {
  it('[IOT-08] [OPS-02] is added, shown, tested, given to a till, and removed', { timeout: 120_000 }, async () => {
    const sandbox = await startPrinterSandbox({ widthDots: 384 });
    onTestFinished(() => sandbox.stop());
    const address = `127.0.0.1:${sandbox.port}`;
    expect((await lapak('list')).stdout).toContain('lapak printer add');
    expect(await lapak('add', 'Counter')).toMatchObject({ code: 2, stderr: expect.stringContaining('--address') });
    expect(await lapak('add', 'Counter', '--address', 'tcp://x')).toMatchObject({ code: 2 });
    expect((await lapak('add', 'Counter', '--address', address, '--dry-run')).stdout).toContain('POST /api/v1/printers');
    expect(await lapak('add', 'Counter', '--address', address, '--paper', '58', '--drawer', '2', '--till', 'T1')).toMatchObject({
      code: 0,
    });
    const listed = async () => (await lapak()).stdout;
    await expect.poll(listed, { timeout: 20_000 }).toMatch(new RegExp(`Counter +${address} +ready +0 +T1 +pin 2`));
    expect(await lapak('test', 'count')).toMatchObject({ code: 0, stdout: expect.stringContaining('32 columns') });
    expect(sandbox.pieces()[0]?.lines.join('\n')).toContain('Counter');
    expect((await lapak('jobs')).stdout).toMatch(/test +Counter +printed/);
    expect(await lapak('assign', 'Counter', 'T9')).toMatchObject({ code: 4 });
    expect(await lapak('remove', 'Counter')).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    expect((await lapak('remove', 'Counter', '--yes')).stdout).toContain('Removed Counter');
    expect((await lapak('list')).stdout).toContain('lapak printer add');
  });

  it('[IOT-08] says why it does not print, with an exit code of its own for each', { timeout: 120_000 }, async () => {
    const sandbox = await startPrinterSandbox({ widthDots: 576 });
    onTestFinished(() => sandbox.stop());
    await lapak('add', 'Kitchen', '--address', `127.0.0.1:${sandbox.port}`);
    await expect.poll(async () => (await lapak('list')).stdout, { timeout: 20_000 }).toContain('ready');
    sandbox.setPaper('out');
    await expect.poll(async () => (await lapak('list')).stdout, { timeout: 20_000 }).toContain('paper-out');
    expect(await lapak('test', 'Kitchen', '--timeout', '4')).toMatchObject({
      code: 8,
      stderr: expect.stringContaining('its paper is out'),
    });
    expect(await lapak('test', 'Nowhere')).toMatchObject({ code: 4 });
  });

  it('[IOT-08] takes a PNG as logo and nothing else', async () => {
    const file = join(testFolder(), 'logo.png');
    writeFileSync(file, PNG.sync.write(new PNG({ width: 120, height: 60 })));
    expect((await lapak('logo', file)).stdout).toContain('120 × 60');
    writeFileSync(file, 'not a picture');
    expect(await lapak('logo', file)).toMatchObject({ code: 2, stderr: expect.stringContaining('PNG') });
    expect(await lapak('logo', join(testFolder(), 'none.png'))).toMatchObject({ code: 2 });
    expect((await lapak('logo', '--remove')).stdout).toContain('no logo any more');
  });
});
