// Firmware images on a database that works at many things at once: brought, asked for and removed at the same moment.
import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { FIRMWARE_PIECE_BYTES } from '#schema/wire/firmware';
import { onPostgres } from '../../base/test-database.ts';
import { startTestCentre } from '../../test-centre.ts';
import { pieceOfFirmware } from './firmware.ts';

const ROUNDS = 20;

onPostgres('firmware at once', (open) => {
  // Each round brings a whole image three times over.
  it('[DSP-11] [IOT-03] an image that is removed while devices are asked to take it is gone, or stays for all that were', {
    timeout: 120_000,
  }, async () => {
    const centre = await startTestCentre({ database: await open() });
    const { as, makeId, database } = centre;
    await as.taxRate.set({ body: { country: 'ID', taxClass: 'standard', name: 'PPN', rate: 1_100, inclusive: true } });
    const productId = makeId();
    const price = { amount: 500_000, currency: 'IDR' };
    await as.product.create({ body: { id: productId, sku: 'AIR-600', name: 'Air', dispensable: true, price } });
    const [id, storeId] = [makeId(), await centre.addStore()];
    const slots = [{ slot: 0, productId }];
    await as.device.create({ body: { id, storeId, kind: 'dispenser', name: 'Water 1', slots } });
    const outcomeOf = (call: Promise<unknown>) =>
      call.then(
        () => 'done',
        ({ problem }) => problem.code as string,
      );
    const seen = new Set<string>();
    for (let round = 0; round < ROUNDS; round++) {
      const image = Buffer.alloc(FIRMWARE_PIECE_BYTES + 100, makeId());
      const digest = createHash('sha256').update(image).digest('hex');
      const body = { firmware: '1.4.0', image: image.toString('base64') };
      const added = await Promise.all([1, 2, 3].map(() => as.firmware.add({ body })));
      expect(new Set(added.map((one) => one.digest))).toEqual(new Set([digest]));
      const last = await pieceOfFirmware(database.db, { digest, from: FIRMWARE_PIECE_BYTES });
      expect(last.ok && Buffer.from(last.value.bytes, 'base64').equals(image.subarray(FIRMWARE_PIECE_BYTES))).toBe(true);
      const params = { params: { id } };
      const give = () =>
        outcomeOf(
          as.deviceOrder.give({ ...params, body: { id: makeId(), command: 'update', args: { digest }, ttlSeconds: 600 } }),
        );
      const remove = () => outcomeOf(as.firmware.remove({ params: { digest } }));
      const turns = round % 2 === 0 ? [give, remove, give] : [remove, give, give];
      // Who comes first is chance, but in the first two rounds: both must happen for this to say anything.
      const started = turns.slice(0, 1).map((turn) => turn());
      if (round < 2) await Promise.all(started);
      const outcomes = await Promise.all([...started, ...turns.slice(1).map((turn) => turn())]);
      for (const outcome of outcomes) seen.add(outcome);
      const removed = outcomes[turns.indexOf(remove)];
      const { rows } = await database.db.execute(
        sql`SELECT (SELECT count(*) FROM device_commands WHERE args ->> 'digest' = ${digest}) AS asked,
              (SELECT count(*) FROM firmware_images WHERE digest = ${digest}) AS kept`,
      );
      const [{ asked, kept } = { asked: -1, kept: -1 }] = rows.map((row) => ({
        asked: Number(row.asked),
        kept: Number(row.kept),
      }));
      expect([removed, kept]).toEqual(asked > 0 ? ['firmware-in-use', 1] : ['done', 0]);
    }
    expect([...seen].toSorted()).toEqual(['done', 'firmware-in-use', 'unknown-firmware']);
    await centre.stop();
  });
});
