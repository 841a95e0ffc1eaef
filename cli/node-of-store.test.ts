// The machines of a store as an administrator deals with them, by the command against a real centre.
import { beforeAll, describe, expect, it } from 'vitest';
import { startTestCentre, type TestCentre } from '#sync-server/test-centre';
import { runIn, testFolder } from './test-cli.ts';

let centre: TestCentre;

beforeAll(async () => {
  centre = await startTestCentre();
});

const lapak = (args: readonly string[]) =>
  runIn(testFolder(), args, { env: { LAPAK_SERVER: centre.url, LAPAK_TOKEN: centre.admin.token } });

describe('the node of a store', () => {
  it('[IAM-08] is revoked with a yes, stays listed, and the store may get another', async () => {
    const storeId = await centre.addStore({ code: 'kopi-senja', name: 'Kopi Senja' });
    const node = await centre.enrolNode(storeId);
    expect(await lapak(['node', 'revoke', 'kopi-senja'])).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    expect((await lapak(['node', 'revoke', 'kopi-senja', '--dry-run'])).stdout).toContain(node.nodeId);
    expect((await lapak(['node', 'list', 'kopi-senja'])).stdout).toMatch(/Till room +live/);
    expect(await lapak(['node', 'revoke', 'kopi-senja', '--yes'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('lapak node replace kopi-senja'),
    });
    expect((await lapak(['node', 'list', 'kopi-senja'])).stdout).toMatch(/Till room +revoked/);
    expect(await lapak(['node', 'revoke', 'kopi-senja', '--yes'])).toMatchObject({ code: 3 });
    expect((await lapak(['store', 'enrolment-code', 'kopi-senja'])).code).toBe(0);
  });
});
