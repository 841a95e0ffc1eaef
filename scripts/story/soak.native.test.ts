// Many dispensers at one store, each for hours of customers in a row: noise, messages that come twice, cables that go, power that goes at any
// flash step, a node that is killed. No voucher turns a motor twice, what is said of each is what happened, and the report balances.
// LAPAK_TEST_VENDS says how many on each link: 10,000 for the whole soak.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { randomBytes, systemClock } from '#node/base/clock';
import type { DeviceLink } from '#schema/rules/device';
import { present } from '#schema/values/assert';
import { freePort } from '#scripts/dispenser-trial/free-port';
import { seeded } from '#scripts/dispenser-trial/noisy-line';
import { playTrial } from '#scripts/dispenser-trial/played';
import {
  type FurnishedDispenser,
  furnishPouring,
  type PouringShop,
  patientSettings,
  readShop,
  saleFor,
  shopCalls,
} from '#scripts/dispenser-trial/pouring-shop';
import { openPty, type Pty } from '#scripts/dispenser-trial/pty';
import { hasPrograms } from '#scripts/dispenser-trial/toolchain';
import { serialCableAt } from '#scripts/sandbox/dispenser/at-path';
import { mqttCable } from '#scripts/sandbox/dispenser/by-mqtt';
import { displayText } from '#scripts/sandbox/dispenser/happenings';
import { built, startProgram, waitForAnswer } from './test-processes.ts';
import { surely } from './test-shop-work.ts';

const VENDS = Number(process.env.LAPAK_TEST_VENDS ?? 240);
/** A dispenser takes one code a second: more of them, less time. */
const DISPENSERS = Math.min(40, Math.ceil(VENDS / 20));
const SALE_QUANTITY = 10;
const HOLDS_MAX = 12;
const SCAN_EVERY_MS = 1_050;
const PATIENCE_MS = 3_000;
const REST_MS = 20;
const program = built('scripts/story/node-process.js');
const isBuilt = existsSync(program);
if (!isBuilt) console.warn('Skipping the soak: there is no build (npm run build).');
const hasSocat = hasPrograms('the soak over ptys', ['socat']);

const seed = Number(process.env.LAPAK_TEST_SEED ?? systemClock.now() % 1_000_000);
console.log(`soak: seed ${seed}, ${VENDS} vends on ${DISPENSERS} dispensers over each link`);
const random = seeded(seed);
const below = (limit: number) => Math.floor(random() * limit);

/** What customers were told, and how often. */
const words = new Map<string, number>();

type Played = Awaited<ReturnType<typeof playTrial>>;
type Connect = Parameters<typeof playTrial>[0]['connect'];

/** A dispenser, and how often its motor began to turn for each serial. */
interface Watched {
  of: FurnishedDispenser;
  played: Played;
  turns: Map<number, number>;
  /** What its display says next at the end of a scan; nothing where it says nothing for long. */
  ends(): Promise<string | undefined>;
  hold(serial: number, code: string): void;
  count(): void;
}

async function watch(of: FurnishedDispenser, connect: Connect): Promise<Watched> {
  const turns = new Map<number, number>();
  let told: (text: string) => void = () => {};
  let counted = 0;
  let serial = 0;
  const played = await playTrial({
    dispenserNumber: of.number,
    rootKey: of.rootKey,
    clock: systemClock,
    random: randomBytes,
    motorMs: 60,
    settings: patientSettings,
    connect,
    onShow(what, code) {
      if (what === 'finished' || what === 'refused') told(displayText({ what, code }));
    },
  });
  const count = () => {
    const now = played.machine.motorTurns();
    if (now > counted) turns.set(serial, (turns.get(serial) ?? 0) + now - counted);
    counted = now;
  };
  return {
    of,
    played,
    turns,
    count,
    hold(held, code) {
      count();
      serial = held;
      played.machine.scan(code);
    },
    ends: () =>
      new Promise((resolve) => {
        const cancel = systemClock.after(PATIENCE_MS, () => resolve(undefined));
        told = (text) => {
          cancel();
          resolve(text);
        };
      }),
  };
}

/** Now and then, while somebody stands before it. */
async function misfortune({ played: { machine, setPlugged } }: Watched): Promise<void> {
  const kind = below(100);
  if (kind < 6) machine.cutPower(below(110));
  else if (kind < 10) {
    await sleep(below(160));
    machine.cutPower();
  } else if (kind < 14) {
    setPlugged(false);
    await sleep(below(1_200));
    setPlugged(true);
  }
}

const isBusy = (machine: Played['machine']): boolean => machine.isOn() && ['asking', 'vending'].includes(machine.display().what);

/** Gives the business days that were sold on: one of them may end in the middle. */
async function serve(watched: Watched, shop: PouringShop, url: string, vends: number): Promise<string[]> {
  const dates: string[] = [];
  const { machine } = watched.played;
  const calls = shopCalls(url, shop);
  for (let sold = 0; sold < vends; sold += SALE_QUANTITY) {
    const body = saleFor(shop, watched.of, Math.min(SALE_QUANTITY, vends - sold));
    const { vouchers, businessDate } = await surely(() => calls.sale.close({ body }));
    dates.push(businessDate);
    for (const { serial, code } of vouchers) {
      for (let hold = 0; hold < HOLDS_MAX; hold++) {
        const over = sleep(SCAN_EVERY_MS);
        const ended = watched.ends();
        watched.hold(serial, code ?? '');
        await misfortune(watched);
        const said = await ended;
        words.set(said ?? 'nothing', (words.get(said ?? 'nothing') ?? 0) + 1);
        await over;
        machine.powerOn();
        // Some try once more with what they have had.
        if (said?.startsWith('refused: used') || (said?.startsWith('finished') && below(10) > 0)) break;
      }
      // A turn belongs to the code that was held last: the next is not held before this one can turn no more.
      while (isBusy(machine)) await sleep(REST_MS);
    }
  }
  return dates;
}

interface Soak {
  linkOf: (at: number) => DeviceLink;
  connectOf: (of: FurnishedDispenser, at: number, brokerPort: number) => Connect;
  /** Between two deaths of the node. */
  meanwhile?: () => Promise<void>;
}

async function soak({ linkOf, connectOf, meanwhile = async () => {} }: Soak) {
  const folder = mkdtempSync(join(tmpdir(), 'lapak-soak-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const shop = await furnishPouring({ folder, count: DISPENSERS, linkOf });
  const [port, brokerPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const start = async () => {
    const started = startProgram(process.execPath, [program, folder, String(port)], { LAPAK_MQTT_PORT: String(brokerPort) });
    await waitForAnswer(`${url}/readyz`, started);
    return started;
  };
  let node = await start();
  const watched = await Promise.all(shop.dispensers.map((of, at) => watch(of, connectOf(of, at, brokerPort))));
  onTestFinished(async () => {
    await Promise.all(watched.map(({ played }) => played.stop()));
  });
  for (const { played } of watched) played.setNoise(0.02);
  let isOver = false;
  const customers = Promise.all(watched.map((one) => serve(one, shop, url, Math.ceil(VENDS / DISPENSERS)))).finally(() => {
    isOver = true;
  });
  let kills = 0;
  while (!isOver) {
    await Promise.race([customers, sleep(5_000 + below(5_000))]);
    await meanwhile();
    await node.kill('SIGKILL');
    kills += 1;
    node = await start();
  }
  const dates = (await customers).flat().sort();
  const days = { from: present(dates[0], 'something was sold'), to: present(dates.at(-1), 'something was sold') };
  for (const { played } of watched) {
    played.setNoise(0);
    played.machine.powerOn();
  }
  return { shop, watched, node, kills, url, days };
}

async function expectBalance({ shop, watched, node, kills, url, days }: Awaited<ReturnType<typeof soak>>, link: string) {
  const turnsOf = (dispenserId: string) => watched.find(({ of }) => of.id === dispenserId)?.turns ?? new Map<number, number>();
  const unsaid = () => {
    for (const one of watched) one.count();
    return readShop(shop).vouchers.filter(
      ({ dispenserId, serial, state }) => state === 'open' && turnsOf(dispenserId).has(serial),
    );
  };
  await expect.poll(unsaid, { timeout: 180_000, interval: 500, message: 'outcomes that were not told' }).toEqual([]);
  const { totals } = await shopCalls(url, shop).report.dispensing({ query: days });
  await node.kill('SIGTERM');
  const { vouchers, onHand } = readShop(shop);
  const all = (state: string) => vouchers.filter((voucher) => voucher.state === state);
  const turned = watched.flatMap(({ turns }) => [...turns.values()]);
  const figures = Object.fromEntries(['dispensed', 'failed', 'uncertain', 'open'].map((state) => [state, all(state).length]));
  console.log(
    `soak over ${link}: ${vouchers.length} vouchers, ${kills} kills, ${JSON.stringify(figures)}, ${turned.length} motor turns`,
  );
  const again = watched.flatMap(({ of, turns }) =>
    [...turns].filter(([, count]) => count > 1).map(([serial]) => [of.number, serial]),
  );
  expect(again, 'vouchers for which a motor turned again').toEqual([]);
  for (const { dispenserId, serial, state } of vouchers) {
    const turns = turnsOf(dispenserId).get(serial) ?? 0;
    if (state === 'dispensed') expect(turns, `${serial}: ${state}`).toBe(1);
    else if (state !== 'uncertain') expect(turns, `${serial}: ${state}`).toBe(0);
  }
  expect(vouchers.length).toBe(DISPENSERS * Math.ceil(VENDS / DISPENSERS));
  expect(all('dispensed').length).toBeGreaterThan(vouchers.length / 2);
  expect(kills).toBeGreaterThan(0);
  expect(-onHand).toBe(all('dispensed').length);
  const { paid, dispensed, refunded, open, uncertain } = totals;
  expect(paid.count).toBe(vouchers.length);
  expect(dispensed.count + refunded.count + open.count).toBe(paid.count);
  expect(dispensed.amount + refunded.amount + open.amount).toBe(paid.amount);
  expect([dispensed.count, uncertain]).toEqual([all('dispensed').length, all('uncertain').length]);
}

const limitMs = 300_000 + VENDS * 150;

it.skipIf(!isBuilt)(
  '[DSP-03] [DSP-05] [DSP-07] [DSP-09] pours each voucher once over MQTT, whatever goes and comes back, and the report balances',
  {
    timeout: limitMs,
  },
  async () => {
    const ran = await soak({
      linkOf: () => ({ kind: 'mqtt' }),
      connectOf: ({ number, rootKey }, _, brokerPort) => {
        const device = { family: 'sd', store: 'warung-sari', name: String(number) } as const;
        return (more) => mqttCable({ ...more, url: `mqtt://127.0.0.1:${brokerPort}`, device, rootKey });
      },
    });
    await expectBalance(ran, 'MQTT');
  },
);

const ptys: Pty[] = [];
afterAll(async () => {
  await Promise.all(ptys.map((pty) => pty.remove()));
});

it.skipIf(!isBuilt || !hasSocat)(
  '[DSP-03] [DSP-05] [DSP-06] [DSP-09] pours each voucher once over serial lines, whatever goes and comes back, and the report balances',
  {
    timeout: limitMs,
  },
  async () => {
    for (let at = 0; at < DISPENSERS; at++) ptys.push(await openPty());
    const endsOf = (at: number) => ptys[at]?.ends ?? ['', ''];
    const ran = await soak({
      linkOf: (at) => ({ kind: 'serial', path: endsOf(at)[0] }),
      connectOf: (_, at) => (more) => serialCableAt({ ...more, path: endsOf(at)[1], baudRate: 115_200 }),
      async meanwhile() {
        const pty = ptys[below(ptys.length)];
        await pty?.pull();
        await pty?.plug();
      },
    });
    await expectBalance(ran, 'serial lines');
  },
);
