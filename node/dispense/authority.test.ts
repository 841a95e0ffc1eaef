// The node's side of a dispenser whose messages the test sends: what is acknowledged is on disk, and what is on disk is told once.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { present } from '#schema/values/assert';
import { decodeMessage, encodeMessage, type Message, type MessageOf } from '#schema/wire/dispenser';
import { systemClock } from '../base/clock.ts';
import { databaseFile } from '../base/data-folder.ts';
import { openLog } from '../base/log.ts';
import { openSqlite } from '../base/sqlite.ts';
import type { DriverEvents } from '../devices/driver.ts';
import type { Journal } from '../journal/commit.ts';
import { StorageFault } from '../journal/storage-fault.ts';
import { saleOf, startTestNode, type TestNode } from '../test-node.ts';
import { openAuthority } from './authority.ts';

const rootKey = new Uint8Array(32).fill(7);

describe('the authority over a dispenser', () => {
  let node: TestNode;
  let productId: string;
  let dispenser: ReturnType<TestNode['store']['dispensers']['all']>[number];
  beforeAll(async () => {
    node = await startTestNode();
    productId = node.productId('AIR-600');
    const id = present(node.store.dispensers.all()[0], 'a dispenser').id;
    node.store.dispensers.pair(id, 'test', rootKey, systemClock.now());
    dispenser = present(node.store.dispensers.byId(id), 'the dispenser');
  });
  afterAll(() => node.remove());

  const kinds = (database = node.store.sqlite) =>
    database
      .prepare<[], { kind: string; text: string }>(
        `SELECT kind, text FROM facts WHERE kind LIKE 'dispense.%' ORDER BY generation, seq`,
      )
      .all()
      .map(({ kind, text }) => ({ kind, body: JSON.parse(text).body as Record<string, unknown> }));
  const water = () => node.store.stock.level(productId);

  /** A dispenser that has greeted its node; `onAck` sees each acknowledgement at the moment at which it is sent. */
  async function greeted(journal: Pick<Journal, 'write' | 'head'> = node.store.journal, onAck = () => {}) {
    const sent: Message[] = [];
    let events: DriverEvents | undefined;
    const authority = openAuthority({
      dispenser: { ...dispenser, rootKey },
      driver: {
        start: async (given) => {
          events = given;
        },
        stop: async () => {},
        send(bytes) {
          const message = decodeMessage(bytes);
          if (!message.ok) return false;
          if (message.value.kind === 'outcomeAck') onAck();
          sent.push(message.value);
          return true;
        },
      },
      journal: journal as Journal,
      clock: systemClock,
      now: node.store.now,
      log: openLog('silent'),
      context: node.store,
      onStateChange: () => {},
      onUnreadable: () => {},
    });
    await authority.start();
    const say = (message: Message) => events?.message(encodeMessage(message));
    say({
      kind: 'hello',
      dispenser: dispenser.number,
      firmware: 1,
      capabilities: 0,
      slots: 1,
      pending: 0,
      bootId: new Uint8Array(8).fill(1),
      counter: 0,
      journalGeneration: 1,
      journalSeq: 1,
      keyEpoch: 1,
      serialFloor: 0,
      timeFloor: 0,
    });
    const outcome = (serial: number, result: MessageOf<'outcome'>['result'] = 'ok') =>
      say({
        kind: 'outcome',
        serial,
        unit: 0,
        slot: 0,
        result,
        reason: 'drop-seen',
        attempts: 1,
        drops: 1,
        motorMs: 900,
        at: 0,
        journalSeq: 2,
      });
    const acks = () => sent.flatMap((message) => (message.kind === 'outcomeAck' ? [message.serial] : []));
    return { outcome, acks, stop: () => authority.stop() };
  }

  const soldVoucher = async () => {
    const { vouchers } = await node.sale.close({ body: saleOf(node, { 'AIR-600': 1 }) });
    return present(vouchers[0], 'a voucher');
  };

  it('[DSP-03] [DSP-05] acknowledges an outcome only when its fact is on disk, and again when it is repeated', async () => {
    const { serial, id } = await soldVoucher();
    const onDisk: boolean[] = [];
    const device = await greeted(node.store.journal, () => {
      // Another connection sees what was committed, and nothing else.
      const reader = openSqlite(databaseFile(node.dataFolder), { readonly: true });
      onDisk.push(kinds(reader).some(({ body }) => body.voucherId === id));
      reader.close();
    });
    const { onHand } = water();
    device.outcome(serial);
    device.outcome(serial);
    await expect.poll(device.acks).toEqual([serial, serial]);
    expect(onDisk).toEqual([true, true]);
    expect(kinds().filter(({ body }) => body.voucherId === id)).toHaveLength(1);
    expect(water().onHand).toBe(onHand - 1);
    await device.stop();
  });

  it('[DSP-05] an outcome that the disk did not take is not acknowledged; when it comes again it is', async () => {
    const { serial, id } = await soldVoucher();
    const full = { isFull: true, tries: 0 };
    const device = await greeted({
      head: node.store.journal.head,
      write: (work) => {
        full.tries += 1;
        return full.isFull ? Promise.reject(new StorageFault('disk-full')) : node.store.journal.write(work);
      },
    });
    device.outcome(serial);
    await expect.poll(() => full.tries).toBe(1);
    await node.store.journal.write(() => ({ ok: true, value: null }));
    expect(device.acks()).toEqual([]);
    full.isFull = false;
    device.outcome(serial);
    await expect.poll(device.acks).toEqual([serial]);
    expect(kinds().filter(({ body }) => body.voucherId === id)).toHaveLength(1);
    await device.stop();
  });

  it('[SYN-06] [DSP-09] an outcome of a voucher that this store never issued is kept once as told, and moves no stock', async () => {
    const before = water();
    const device = await greeted();
    device.outcome(900_001);
    device.outcome(900_001);
    device.outcome(900_002, 'uncertain');
    await expect.poll(device.acks).toEqual([900_001, 900_001, 900_002]);
    const told = { dispenserId: dispenser.id, dispenserNumber: 7, unit: 0, slot: 0, productId, reason: 'drop-seen' };
    expect(kinds().filter(({ kind }) => kind === 'dispense.unmatched')).toEqual([
      { kind: 'dispense.unmatched', body: { ...told, serial: 900_001, outcome: 'ok' } },
      { kind: 'dispense.unmatched', body: { ...told, serial: 900_002, outcome: 'uncertain' } },
    ]);
    expect(water()).toEqual(before);
    await device.stop();
  });
});
