// The same goods brought to many stores at the same moment, on a database that works at many things at once.
import { expect, it } from 'vitest';
import { onPostgres } from '../../base/test-database.ts';
import { startTestCentre } from '../../test-centre.ts';
import { testFacts } from '../../test-facts.ts';

onPostgres('returns elsewhere at once', (open) => {
  it('[ORD-14] of many stores that take the same goods back at the same moment as many do as there are goods', async () => {
    const centre = await startTestCentre({ database: await open() });
    const [home, ...others] = await Promise.all(Array.from({ length: 7 }, () => centre.enrolNode()));
    if (!home) throw new Error('no store');
    const facts = testFacts(home.makeId);
    const sale = facts.sale([{ product: facts.product(), quantity: 2 }]);
    home.append(sale);
    await home.push();
    await centre.settle();
    const [line] = sale.body.lines;
    const answers = await Promise.all(
      others.map(async (node) => {
        const body = { storeId: home.storeId, saleId: sale.body.saleId, lines: [{ lineId: line?.lineId, quantity: 1 }] };
        const answer = await fetch(`${centre.url}/sync/return-reservations/${centre.makeId()}`, {
          method: 'PUT',
          headers: { authorization: `Bearer ${await node.token()}`, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
        return answer.status;
      }),
    );
    expect(answers.sort()).toEqual([200, 200, 409, 409, 409, 409]);
    await centre.stop();
  });
});
