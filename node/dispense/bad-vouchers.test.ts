// Vouchers that are no good, held before dispensers with the real core: each is refused for its own reason and counted, and nothing turns.
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { present } from '#schema/values/assert';
import { mintVoucher, voucherText } from '#schema/wire/voucher-code';
import { compileTimeoutMs, trialModule } from '#scripts/dispenser-trial/wasm';
import { randomBytes } from '../base/clock.ts';
import { openLog } from '../base/log.ts';
import { createVirtualDispenser } from '../devices/virtual/dispenser.ts';
import { openAuthority } from './authority.ts';
import { type Pouring, startPouring } from './test-pouring.ts';

let shop: Pouring;

beforeAll(() => trialModule(), compileTimeoutMs);
beforeEach(async () => {
  shop = await startPouring();
});
afterEach(() => shop.remove());

const scan = async (code: string) => {
  shop.virtual.scan(code);
  await shop.pass(5_000);
};

async function counted(): Promise<Record<string, number>> {
  const text = await (await fetch(`${shop.url}/metrics`)).text();
  const found = [...text.matchAll(/^lapak_node_voucher_refused_total\{reason="([a-z-]+)"\} (\d+)$/gm)];
  return Object.fromEntries(found.flatMap(([, reason = '', count]) => (Number(count) > 0 ? [[reason, Number(count)]] : [])));
}

it('[DSP-02] refuses each for its own reason, counts it in the metrics, and pours none; a good one pours afterwards', async () => {
  const dispenser = present(shop.store.dispensers.byId(shop.dispenserId), 'the dispenser');
  const { number, rootKey } = dispenser;
  const sale = await shop.sell(2);
  const good = shop.codeOf(sale);
  const terms = { dispenserNumber: number, serial: 500, keyEpoch: 1, expiresAtMs: shop.clock.now() + 600_000, slot: 0 };
  const mint = (key: Uint8Array, more: Partial<typeof terms> = {}) => voucherText(mintVoucher(key, { ...terms, ...more }));
  const own = present(rootKey, 'its key');
  const wrong: [string, string][] = [
    ['hello', 'malformed'],
    [good.slice(0, -1), 'malformed'],
    [`${good.slice(0, 20)}${good[20] === '7' ? '8' : '7'}${good.slice(21)}`, 'forged'],
    [mint(randomBytes(32)), 'forged'],
    [mint(own, { dispenserNumber: number + 1 }), 'other-dispenser'],
    [mint(own, { keyEpoch: 9 }), 'unknown-epoch'],
    [mint(own, { expiresAtMs: shop.clock.now() - 60_000 }), 'expired'],
    // Minted with the right key, but by nobody who wrote it down.
    [mint(own), 'refused-by-node'],
  ];
  for (const [code] of wrong) await scan(code);
  const reasons: Record<string, number> = {};
  for (const [, reason] of wrong) reasons[reason] = (reasons[reason] ?? 0) + 1;
  expect(await counted()).toEqual(reasons);
  expect(shop.virtual.motorTurns()).toBe(0);
  await scan(good);
  await scan(good);
  expect(shop.virtual.motorTurns()).toBe(1);
  expect(await counted()).toEqual({ ...reasons, used: 1 });
  await expect(shop.voucher.validate({ body: { code: good } })).rejects.toMatchObject({ problem: { code: 'used' } });
  expect(await counted()).toEqual({ ...reasons, used: 2 });
});

it('[DSP-03] one that is held before two dispensers at the same instant pours at its own alone', async () => {
  const rootKey = randomBytes(32);
  const other = { id: shop.makeId(), number: 8, name: 'Water 2', slots: [], driver: 'test', rootKey };
  const virtual = createVirtualDispenser({
    wasm: await trialModule(),
    dispenserNumber: other.number,
    rootKey,
    flashFile: join(shop.dataFolder, 'other.flash'),
    clock: shop.clock,
    random: randomBytes,
    motorMs: 900,
  });
  const authority = openAuthority({
    dispenser: other,
    driver: virtual,
    journal: shop.store.journal,
    clock: shop.clock,
    now: shop.store.now,
    log: openLog('silent'),
    context: shop.store,
    onStateChange: () => {},
    onUnreadable: () => {},
  });
  await authority.start();
  await shop.pass(200);
  const sale = await shop.sell();
  for (const at of [virtual, shop.virtual]) at.scan(shop.codeOf(sale));
  await shop.pass(8_000);
  expect([virtual.motorTurns(), shop.virtual.motorTurns()]).toEqual([0, 1]);
  expect(await counted()).toEqual({ 'other-dispenser': 1 });
  expect(shop.statesOf(sale).map(({ state }) => state)).toEqual(['dispensed']);
  await authority.stop();
});
