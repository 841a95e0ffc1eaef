// Acknowledgements that get lost: the dispenser tells again what came of a pour until it hears one, and nothing of it counts twice.
import { afterEach, beforeAll, expect, it } from 'vitest';
import { compileTimeoutMs, trialModule } from '#scripts/dispenser-trial/wasm';
import { type Pouring, startPouring } from './test-pouring.ts';

let shop: Pouring;

beforeAll(() => trialModule(), compileTimeoutMs);
afterEach(() => shop.remove());

it('[DSP-05] [DSP-09] an outcome comes again until its acknowledgement arrives, over restarts of both; stock goes down once', async () => {
  let asked = 0;
  let isLossy = true;
  const loses = (kind: string) => {
    if (kind === 'outcomeAck') asked += 1;
    return kind === 'outcomeAck' && isLossy;
  };
  shop = await startPouring({ loses });
  const sale = await shop.sell();
  const level = () => shop.store.stock.level(shop.productId('AIR-600'));
  const finished = () =>
    shop.store.sqlite.prepare<[], { n: number }>("SELECT count(*) AS n FROM facts WHERE kind = 'dispense.finished'").get()?.n;
  const expectOnce = () => {
    expect(shop.statesOf(sale).map(({ state }) => state)).toEqual(['dispensed']);
    expect([finished(), level(), shop.virtual.motorTurns()]).toEqual([1, { onHand: 99, reserved: 0 }, 1]);
  };
  shop.virtual.scan(shop.codeOf(sale));
  await shop.pass(8_000);
  expectOnce();
  let before = asked;
  await shop.pass(60_000);
  expect(asked).toBeGreaterThan(before);
  for (const restart of [shop.restartAuthority, async () => shop.virtual.cutPower()]) {
    before = asked;
    await restart();
    shop.virtual.powerOn();
    await shop.pass(60_000);
    expect(asked).toBeGreaterThan(before);
    expectOnce();
  }
  isLossy = false;
  await shop.pass(60_000);
  before = asked;
  await shop.pass(600_000);
  expect(asked).toBe(before);
  expectOnce();
});
