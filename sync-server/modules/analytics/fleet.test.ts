// The chain at a glance, over stores as older centres left them.
import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { startTestCentre } from '../../test-centre.ts';

it('[STO-02] a store whose row lacks settings is shown like any other', async () => {
  const centre = await startTestCentre();
  const id = await centre.addStore({ name: 'Warung Lama' });
  await centre.database.db.execute(sql`UPDATE stores SET settings = '{}' WHERE id = ${id}`);
  const { items } = await centre.as.fleet.show();
  expect(items.find((store) => store.id === id)).toMatchObject({
    name: 'Warung Lama',
    businessDate: expect.stringMatching(/^\d{4}-/),
  });
});
