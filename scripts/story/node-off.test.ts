// The store box is off, and its dispenser is not: what was paid is poured by the dispenser alone, what was used or given back is refused, and
// when the box is back it hears of all of it once.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { randomBytes, systemClock } from '#node/base/clock';
import { startNode } from '#node/main';
import { present } from '#schema/values/assert';
import { refusalCodes } from '#schema/wire/dispenser';
import type { Sale } from '#schema/wire/sale';
import { freePort } from '../dispenser-trial/free-port.ts';
import { playTrial } from '../dispenser-trial/played.ts';
import { furnishPouring, readShop, saleFor, shopCalls } from '../dispenser-trial/pouring-shop.ts';
import { compileTimeoutMs, trialModule } from '../dispenser-trial/wasm.ts';
import { mqttCable } from '../sandbox/dispenser/by-mqtt.ts';

const soon = { timeout: 60_000, interval: 50 };
const nowAndAgain = { ...soon, interval: 1_500 };

beforeAll(() => trialModule(), compileTimeoutMs);

it('[DSP-04] [DSP-03] [DSP-09] with the box off a paid voucher is poured, a used and a voided one are not; stock and report agree later', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lapak-off-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const shop = await furnishPouring({ folder, count: 1, linkOf: () => ({ kind: 'mqtt' }) });
  const [furnished] = shop.dispensers;
  const { number, rootKey } = present(furnished, 'a dispenser');
  const port = await freePort();
  const start = () => startNode({ dataFolder: folder, port: 0, logLevel: 'silent', mqtt: { port, tlsPort: 0 } });
  let node = await start();
  onTestFinished(() => node.stop());
  const shown: [string, number][] = [];
  const played = await playTrial({
    clock: systemClock,
    random: randomBytes,
    dispenserNumber: number,
    rootKey,
    onShow: (what, code) => shown.push([what, code]),
    connect: (parts) =>
      mqttCable({
        url: `mqtt://127.0.0.1:${port}`,
        device: { family: 'sd', store: shop.storeCode, name: String(number) },
        rootKey,
        ...parts,
      }),
  });
  onTestFinished(() => played.stop());
  const calls = () => shopCalls(node.url, shop);
  const isOnline = async () => (await calls().device.list()).items.some(({ state }) => state === 'online');
  await expect.poll(isOnline, soon).toBe(true);
  const sell = () => calls().sale.close({ body: saleFor(shop, present(furnished, 'a dispenser'), 1) });
  const codeOf = ({ vouchers }: Sale) => present(vouchers[0]?.code, 'a code');
  const stateOf = async ({ id }: Sale) => (await calls().sale.show({ params: { id } })).vouchers.map(({ state }) => state);
  const turns = () => played.machine.motorTurns();
  /** Held before it now and again until it is taken: a code that stays there is one scan. */
  const refusedAs = async (code: string, reason: keyof typeof refusalCodes) => {
    shown.length = 0;
    await expect
      .poll(() => {
        played.machine.scan(code);
        return shown;
      }, nowAndAgain)
      .toContainEqual(['refused', refusalCodes[reason]]);
  };

  const [paid, used, returned] = [await sell(), await sell(), await sell()];
  // Its first floor may still be on its way: a code of this generation counts once it has come.
  await expect
    .poll(() => {
      played.machine.scan(codeOf(used));
      return stateOf(used);
    }, nowAndAgain)
    .toEqual(['dispensed']);
  const back = { lineId: present(returned.lines[0], 'a line').lineId, quantity: 1, restock: true };
  await calls().return.take({
    body: {
      id: shop.makeId(),
      receipt: returned.receipt,
      lines: [back],
      total: returned.total,
      refunds: [{ refundId: shop.makeId(), method: 'cash', amount: returned.total }],
      reason: 'Changed mind',
    },
  });
  await node.stop();
  await expect.poll(played.isLinked, soon).toBe(false);

  await refusedAs(codeOf(used), 'used');
  await refusedAs(codeOf(returned), 'used');
  expect(turns()).toBe(1);
  played.machine.scan(codeOf(paid));
  await expect.poll(turns, soon).toBe(2);

  node = await start();
  await expect.poll(() => stateOf(paid), soon).toEqual(['dispensed']);
  await refusedAs(codeOf(paid), 'used');
  expect(turns()).toBe(2);
  const days = { from: paid.businessDate, to: returned.businessDate };
  const { totals } = await calls().report.dispensing({ query: days });
  const price = paid.total;
  expect(totals).toMatchObject({
    paid: { count: 3, amount: 3 * price },
    dispensed: { count: 2, amount: 2 * price },
    refunded: { count: 1, amount: price },
    open: { count: 0, amount: 0 },
    lost: { count: 0, amount: 0 },
  });
  expect(readShop(shop).onHand).toBe(-totals.dispensed.count);
}, 240_000);
