// What a store has, as an administrator reads it: weighed goods with their decimals and their unit.
import { expect, it } from 'vitest';
import { startTestCentre } from '#sync-server/test-centre';
import { testFacts } from '#sync-server/test-facts';
import { runIn, testFolder } from './test-cli.ts';

it('[INV-01] lists weighed goods in their unit, to sort and filter by it as well', async () => {
  const centre = await startTestCentre();
  const storeId = await centre.addStore({ code: 'warung-sari', name: 'Warung Sari' });
  await centre.as.taxRate.set({ body: { country: 'ID', taxClass: 'standard', name: 'PPN', rate: 1_100, inclusive: true } });
  const [rice, tea] = [centre.makeId(), centre.makeId()];
  await centre.as.product.create({ body: { id: rice, sku: 'BERAS', name: 'Beras', unit: 'kg', quantityScale: 3 } });
  await centre.as.product.create({ body: { id: tea, sku: 'TEH', name: 'Teh botol' } });
  const node = await centre.enrolNode(storeId);
  const { move } = testFacts(node.makeId);
  node.append(move(rice, 'receive', 12_500), move(tea, 'receive', 24), move(centre.makeId(), 'receive', 7));
  await node.push();
  await centre.settle();

  const env = { LAPAK_SERVER: centre.url, LAPAK_TOKEN: centre.admin.token };
  const list = (...more: string[]) => runIn(testFolder(), ['stock', 'list', 'warung-sari', ...more], { env });
  const { stdout } = await list();
  expect(stdout).toMatch(/^BERAS +Beras +12\.5 +0 +12\.5 +kg$/m);
  expect(stdout).toMatch(/^TEH +Teh botol +24 +0 +24 +pcs$/m);
  expect(stdout).toMatch(/^- +- +7 +0 +7 +-$/m);
  expect((await list('--filter', 'available<20', '--columns', 'sku,available', '--sort', 'sku', '--output', 'csv')).stdout).toBe(
    'sku,available\r\n,7\r\nBERAS,12.5\r\n',
  );
  expect(JSON.parse((await list('--json')).stdout).result).toContainEqual(
    expect.objectContaining({ sku: 'BERAS', onHand: 12_500, quantityScale: 3, unit: 'kg' }),
  );
});
