// A dispenser that somebody took out of use: with the real core.
import { afterEach, beforeAll, expect, it } from 'vitest';
import { compileTimeoutMs, trialModule } from '#scripts/dispenser-trial/wasm';
import { dumpProjections, rebuild } from '../journal/rebuild.ts';
import { projectionsOf } from '../store.ts';
import { type Pouring, startPouring } from './test-pouring.ts';

let shop: Pouring;

beforeAll(() => trialModule(), compileTimeoutMs);
afterEach(() => shop.remove());

it('[DSP-09] pours nothing and sells nothing while it is paused, after a rebuild too; then its vouchers are good as before', async () => {
  shop = await startPouring();
  const { dispenserId: id } = shop;
  const sale = await shop.sell();
  const pause = (paused: boolean) => shop.voucher.pause({ params: { id }, body: { paused } });
  // Its agent does not run here, so nobody has told it.
  const pauses = async () => (await shop.device.list()).items.map((device) => device.pause);
  const head = () => shop.store.journal.head().seq;
  expect(await pause(true)).toEqual({ paused: true });
  const before = head();
  await pause(true);
  expect(head()).toBe(before);
  const { sqlite } = shop.store;
  const dump = dumpProjections(sqlite, projectionsOf(sqlite));
  rebuild(sqlite, projectionsOf(sqlite));
  expect(dumpProjections(sqlite, projectionsOf(sqlite))).toEqual(dump);
  expect(await pauses()).toEqual(['untold']);
  shop.virtual.scan(shop.codeOf(sale));
  await shop.pass(5_000);
  expect(shop.virtual.motorTurns()).toBe(0);
  await expect(shop.sell()).rejects.toMatchObject({
    problem: { code: 'no-dispenser', detail: 'Water 1 is paused.', status: 409 },
  });
  await pause(false);
  expect(await pauses()).toEqual([null]);
  shop.virtual.scan(shop.codeOf(sale));
  await shop.pass(8_000);
  expect(shop.statesOf(sale).map(({ state }) => state)).toEqual(['dispensed']);
  const nobody = shop.voucher.pause({ params: { id: shop.makeId() }, body: { paused: true } });
  await expect(nobody).rejects.toMatchObject({ problem: { code: 'unknown-dispenser', status: 404 } });
});
