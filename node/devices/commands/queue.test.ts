// Commands to a device, on a real database: told once when it is there, never again by themselves, given up in time, and told of as facts.
import { beforeEach, describe, expect, it } from 'vitest';
import { present } from '#schema/values/assert';
import { openTestShop, type TestShop } from '../test-shop.ts';
import { type CommandAnswer, type CommandQueue, type CommandWish, type DeviceHand, openCommandQueue } from './queue.ts';

type Answer = Awaited<ReturnType<DeviceHand['obey']>>;

let shop: TestShop;
let deviceId: string;
let isThere: boolean;
let told: string[];
let answers: (Answer | Promise<Answer> | 'hangs')[];
let queue: CommandQueue;
/** What no command may begin without. */
let lacking: string[];

/** A node that starts: the database stays. */
const start = () => {
  const hand: DeviceHand = {
    isThere: () => isThere,
    obey({ id }) {
      told.push(id);
      const answer = answers.shift() ?? { outcome: 'done', detail: null };
      return answer === 'hangs' ? new Promise(() => {}) : Promise.resolve(answer);
    },
  };
  queue = openCommandQueue({ ...shop, handOf: () => hand, isReady: ({ id }) => !lacking.includes(id), onStep: () => {} });
};

beforeEach(() => {
  shop = openTestShop();
  deviceId = shop.makeId();
  isThere = false;
  told = [];
  answers = [];
  lacking = [];
  start();
});

async function give(more: Partial<CommandWish> = {}) {
  const wish = {
    id: shop.makeId(),
    deviceId,
    command: 'ping',
    args: {},
    expiresAt: shop.now() + 60_000,
    directiveId: null,
    staff: null,
    ...more,
  };
  return { id: wish.id, given: await shop.journal.write((commit) => queue.give(commit, wish, 'dispenser')) };
}

const stateOf = (id: string) => queue.rows.byId(id)?.state;
const outcomes = () => shop.facts('device.answered').map(({ outcome, detail }) => ({ outcome, detail }));
const arrive = async () => {
  isThere = true;
  queue.nudge(deviceId);
  await shop.pass(0);
};

describe('a command', () => {
  it('[IOT-03] waits while its device is away, is told once when it is there, and its result is a fact', async () => {
    const directiveId = shop.makeId();
    const { id } = await give({ directiveId });
    await shop.pass(10_000);
    expect(stateOf(id)).toBe('queued');
    expect(told).toEqual([]);
    answers = [{ outcome: 'done', detail: 'firmware 1.0.0' }];
    await arrive();
    expect(told).toEqual([id]);
    expect(queue.rows.byId(id)).toMatchObject({ state: 'done', detail: 'firmware 1.0.0' });
    expect(shop.facts('device.answered')).toEqual([
      { deviceId, commandId: id, directiveId, outcome: 'done', detail: 'firmware 1.0.0' },
    ]);
    await arrive();
    expect(told).toEqual([id]);
  });

  it('[IOT-03] with the same id is the same command; with another wish it is refused', async () => {
    const { id } = await give();
    expect((await give({ id })).given).toMatchObject({ ok: true, value: { id, place: 1 } });
    expect((await give({ id, command: 'restart' })).given).toMatchObject({ ok: false, code: 'id-reused' });
    await arrive();
    expect((await give({ id })).given).toMatchObject({ ok: true, value: { state: 'done' } });
    await shop.pass(0);
    expect(told).toEqual([id]);
  });

  it('[IOT-03] that nobody wants any more is not told, and its end is a fact', async () => {
    const { id } = await give({ expiresAt: shop.now() + 5_000 });
    await shop.pass(5_000);
    await arrive();
    expect(told).toEqual([]);
    expect(stateOf(id)).toBe('expired');
    expect(outcomes()).toEqual([{ outcome: 'expired', detail: null }]);
    expect((await give({ expiresAt: shop.now() })).given).toMatchObject({ ok: false, code: 'expired' });
  });

  it('[IOT-03] to a device that never comes back is given up by the sweep', async () => {
    const { id } = await give();
    await shop.pass(60_000);
    expect(stateOf(id)).toBe('queued');
    await queue.sweep();
    expect(stateOf(id)).toBe('expired');
  });

  it('[IOT-03] waits over a restart; one that was under way is of unknown end, and is not told again', async () => {
    const waiting = await give();
    answers = ['hangs'];
    await arrive();
    const next = await give();
    start();
    await queue.start(() => false);
    expect(stateOf(waiting.id)).toBe('unknown');
    expect(outcomes()).toEqual([{ outcome: 'unknown', detail: 'restarted' }]);
    await arrive();
    expect(told).toEqual([waiting.id, next.id]);
    expect(stateOf(next.id)).toBe('done');
  });

  it('[IOT-03] of unknown end takes a late answer, once, and from its own device alone', async () => {
    answers = ['silent'];
    const { id } = await give();
    await arrive();
    expect(stateOf(id)).toBe('unknown');
    const late: CommandAnswer = { outcome: 'failed', detail: 'jammed' };
    await queue.answer(id, shop.makeId(), late);
    expect(stateOf(id)).toBe('unknown');
    await queue.answer(id, deviceId, late);
    await queue.answer(id, deviceId, { outcome: 'done', detail: null });
    expect(queue.rows.byId(id)).toMatchObject({ state: 'failed', detail: 'jammed' });
    expect(outcomes()).toEqual([
      { outcome: 'unknown', detail: 'no-answer' },
      { outcome: 'failed', detail: 'jammed' },
    ]);
  });

  it('[IOT-03] that takes long by its nature keeps nobody waiting and ends when its answer comes, over a restart too', async () => {
    answers = ['later'];
    const { id } = await give({ command: 'update', args: { digest: 'a'.repeat(64) } });
    const next = await give();
    await arrive();
    expect(stateOf(id)).toBe('sent');
    expect(stateOf(next.id)).toBe('done');
    start();
    await queue.start((row) => row.id === id);
    expect(stateOf(id)).toBe('sent');
    await queue.answer(id, deviceId, { outcome: 'done', detail: 'confirmed' });
    expect(queue.rows.byId(id)).toMatchObject({ state: 'done', detail: 'confirmed' });
  });

  it('[IOT-03] that waits for something else than its device lets the others pass, and is told when that has come', async () => {
    const slow = await give();
    const next = await give();
    lacking = [slow.id];
    await arrive();
    expect(told).toEqual([next.id]);
    expect(stateOf(slow.id)).toBe('queued');
    lacking = [];
    await arrive();
    expect(told).toEqual([next.id, slow.id]);
  });

  it('[IOT-03] that waits for something else is given up in its time, or fails without being told', async () => {
    const late = await give({ expiresAt: shop.now() + 5_000 });
    const impossible = await give();
    lacking = [late.id, impossible.id];
    await arrive();
    await queue.answer(impossible.id, deviceId, { outcome: 'failed', detail: 'no-image' });
    await shop.pass(5_000);
    await queue.sweep();
    expect([late.id, impossible.id].map(stateOf)).toEqual(['expired', 'failed']);
    expect(told).toEqual([]);
  });

  it('[IOT-03] ends in one commit with what else its end changes', async () => {
    answers = ['later'];
    const { id } = await give();
    await arrive();
    await expect(
      queue.answer(id, deviceId, { outcome: 'done', detail: null }, () => {
        throw new Error('no room');
      }),
    ).rejects.toThrow('no room');
    expect(stateOf(id)).toBe('sent');
    expect(outcomes()).toEqual([]);
  });

  it.each([
    ['a word that the kind does not know', { command: 'dance' }, 'unknown-command', 'command'],
    ['an argument of the wrong kind', { command: 'test-motor', args: { slot: 'one' } }, 'bad-args', 'args.slot'],
    ['an argument too few', { command: 'test-motor' }, 'bad-args', 'args.slot'],
    ['an argument too many', { args: { loud: true } }, 'bad-args', 'args.loud'],
  ])('[IOT-03] with %s is refused by its field', async (_, wish, code, field) => {
    const { id, given } = await give(wish as Partial<CommandWish>);
    expect(given).toMatchObject({ ok: false, code, field });
    expect(queue.rows.byId(id)).toBeUndefined();
  });

  it('[IOT-03] is refused where fifty wait already', async () => {
    for (let count = 0; count < 50; count++) present((await give()).given.ok || undefined, 'given');
    expect((await give()).given).toMatchObject({ ok: false, code: 'queue-full' });
  });

  it('[IOT-03] whose time ends while another keeps the device busy is not told', async () => {
    let settle = (_: CommandAnswer) => {};
    const slow = await give();
    answers = [
      new Promise<CommandAnswer>((resolve) => {
        settle = resolve;
      }),
    ];
    const impatient = await give({ expiresAt: shop.now() + 5_000 });
    await arrive();
    await shop.pass(10_000);
    settle({ outcome: 'done', detail: null });
    await shop.pass(0);
    await queue.sweep();
    expect(told).toEqual([slow.id]);
    expect(stateOf(impatient.id)).toBe('expired');
  });

  it('[IOT-03] is told in the order in which it was given, one at a time', async () => {
    const ids = [];
    for (let count = 0; count < 3; count++) ids.push((await give()).id);
    answers = [{ outcome: 'done', detail: null }, 'hangs'];
    await arrive();
    expect(told).toEqual(ids.slice(0, 2));
    expect(ids.map(stateOf)).toEqual(['done', 'sent', 'queued']);
  });
});
