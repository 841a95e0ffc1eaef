// A store's machine is lost and found, by the commands that an administrator types, against a real centre and real folders.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { client } from '#schema/client';
import { syncContract } from '#schema/wire/sync';
import { startTestCentre, type TestCentre } from '#sync-server/test-centre';
import { testFacts } from '#sync-server/test-facts';
import { runIn, testFolder } from './test-cli.ts';

let centre: TestCentre;

beforeAll(async () => {
  centre = await startTestCentre();
});

const lapak = (folder: string, ...args: string[]) =>
  runIn(folder, args, { env: { LAPAK_SERVER: centre.url, LAPAK_TOKEN: centre.admin.token } });

describe('a lost store node', { timeout: 120_000 }, () => {
  it('[SYN-07] is replaced, recovered onto another machine, and what it had left is decided on', async () => {
    const storeId = await centre.addStore({ code: 'kopi-pagi', name: 'Kopi Pagi' });
    const lost = await centre.enrolNode(storeId);
    const facts = testFacts(lost.makeId);
    const sale = () => facts.sale([{ product: facts.product(), quantity: 1 }]);
    lost.append(sale(), sale());
    await lost.push();

    const folder = testFolder();
    expect(await lapak(folder, 'node', 'replace', 'kopi-pagi')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--yes'),
    });
    const replaced = JSON.parse((await lapak(folder, 'node', 'replace', 'kopi-pagi', '--yes', '--json')).stdout);
    const { code, acknowledged, lost: machine } = replaced.result;
    expect([acknowledged, machine]).toMatchObject([{ generation: 1, seq: 2 }, { name: 'Till room' }]);

    const plain = await lapak(folder, 'node', 'enrol', '--code', code);
    expect(plain).toMatchObject({ code: 3, stderr: expect.stringContaining('lapak node recover') });
    const recovered = await lapak(testFolder(), 'node', 'recover', '--code', code, '--name', 'box 2');
    expect(recovered).toMatchObject({ code: 0, stdout: expect.stringContaining('2 facts fetched and verified, generation 2') });
    expect(recovered.stdout).toContain('What was written after fact 1.2 did not arrive here');

    lost.append(sale(), sale());
    const headers = { authorization: `Bearer ${await lost.token()}` };
    const calls = client(syncContract, { baseUrl: centre.url, fetch, headers: () => headers });
    await calls.standing({ body: { head: { generation: 1, seq: 4 } } });
    await calls.quarantine({ body: lost.run(3) });
    const generations = await lapak(folder, 'audit', 'generations', 'kopi-pagi');
    expect(generations.stdout).toMatch(/2 +recovered .* 1\.2 +0 +Missing: facts 1\.3 to 1\.4 \(2\)/);
    expect((await lapak(folder, 'quarantine')).stdout).toMatch(/kopi-pagi +1\.3 +sale\.closed/);
    expect(await lapak(folder, 'quarantine', 'accept', 'kopi-pagi', '--note', 'Found', '--up-to', '3')).toMatchObject({
      code: 2,
    });
    const some = ['--note', 'Found the box', '--up-to', '1.3', '--yes'];
    expect(await lapak(folder, 'quarantine', 'accept', 'kopi-pagi', ...some)).toMatchObject({
      code: 0,
      stdout: 'Taken in: 1 facts, 0 with exceptions; still held: 1.\n',
    });
    expect((await lapak(folder, 'quarantine', 'discard', 'kopi-pagi', '--note', 'Sold on paper', '--yes')).code).toBe(0);
    expect(await lapak(folder, 'quarantine', 'discard', 'kopi-pagi', '--note', 'Again', '--yes')).toMatchObject({ code: 4 });
    expect(await lapak(folder, 'audit', 'verify', '--store', 'kopi-pagi')).toMatchObject({ code: 0 });
  });

  it('[OPS-05] [SYN-07] is backed up while it stands still, and goes on from that file in a new generation', async () => {
    const storeId = await centre.addStore({ code: 'kopi-sore', name: 'Kopi Sore' });
    const { code } = await centre.as.store.createEnrolmentCode({ params: { id: storeId } });
    const folder = testFolder();
    expect(await lapak(folder, 'node', 'enrol', '--code', code)).toMatchObject({ code: 0 });
    const usb = join(folder, 'usb');
    expect(await lapak(folder, 'node', 'backup', '--to', usb)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('verified'),
    });
    const file = join(usb, readdirSync(usb)[0] ?? '');

    expect(await lapak(folder, 'node', 'restore', '--yes')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('No restore was begun'),
    });
    const torn = join(usb, 'torn.db');
    writeFileSync(torn, 'not a database');
    expect(await lapak(folder, 'node', 'restore', torn, '--yes')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('is not a whole backup'),
    });
    expect(await lapak(folder, 'node', 'restore', file, '--yes')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Generation 2 opened, 0 facts fetched from the centre.'),
    });
    const [, second] = (await centre.as.recovery.generations({ params: { id: storeId } })).items;
    expect(second).toMatchObject({ generation: 2, why: 'restored' });

    const blocked = join(folder, 'blocked');
    rmSync(blocked, { force: true });
    writeFileSync(blocked, '');
    expect(await lapak(folder, 'node', 'backup', '--to', blocked)).toMatchObject({
      code: 7,
      stderr: expect.stringContaining('--to'),
    });
    mkdirSync(join(folder, 'elsewhere'));
    const elsewhere = await lapak(folder, 'node', 'backup', '--data-folder', join(folder, 'elsewhere'));
    expect(elsewhere).toMatchObject({ code: 4 });
  });
});
