// Customers told by many stores at the same moment, on a database that works at many things at once.
import { expect, it } from 'vitest';
import { onPostgres } from '../../base/test-database.ts';
import { startTestCentre } from '../../test-centre.ts';
import { post } from '../../test-node.ts';

onPostgres('customers at once', (open) => {
  it('[USR-04] many stores that tell one person at the same moment are all answered, and it is one person', async () => {
    const centre = await startTestCentre({ database: await open() });
    const nodes = await Promise.all(Array.from({ length: 6 }, () => centre.enrolNode()));
    const told = await Promise.all(
      nodes.map(async (node, at) => {
        const id = centre.makeId();
        const contact = at % 2 === 0 ? { phone: '+6281222222222', email: null } : { phone: null, email: 'satu@example.com' };
        const both = { phone: '+6281222222222', email: 'satu@example.com' };
        const customer = { id, salt: 'ab'.repeat(16), name: `Pembeli ${at}`, ...(at === 0 ? both : contact), addedAt: 1 };
        const answer = await post(`${centre.url}/sync/customers`, { customers: [customer] }, await node.token());
        return { id, answer: [answer.status, await answer.json()] };
      }),
    );
    for (const { id, answer } of told) expect(answer).toEqual([200, { kept: [id], refused: [] }]);
    const people = await Promise.all(told.map(({ id }) => centre.as.customer.show({ params: { id } })));
    expect(new Set(people.map(({ id }) => id)).size).toBe(1);
    await centre.stop();
  });
});
