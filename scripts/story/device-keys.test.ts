// A device's root key on its way from the centre to its store's machine, and to nobody else's.
import { expect, it } from 'vitest';
import { rowsOf } from '#node/base/sqlite';
import { startChain } from './test-chain.ts';

const soon = { timeout: 20_000, interval: 20 };

it('[DSP-11] a key made at the centre is at the store’s node by itself, also one that was made while the node was off', async () => {
  const chain = await startChain();
  const { as, admin, makeId } = chain.centre;
  const [device] = (await as.device.list({ query: { storeId: chain.storeId } })).items;
  const id = device?.id ?? '';
  const provision = async () => {
    const { text } = await as.device.provision({ params: { id }, body: { id: makeId(), password: admin.password } });
    return /root_key,data,hex2bin,([0-9a-f]{64})/.exec(text)?.[1];
  };
  const first = await provision();
  const node = await chain.startNode({ demo: false });
  const keyAt = ({ store }: typeof node) =>
    rowsOf<{ rootKey: string; number: number }>(
      store.sqlite,
      'SELECT root_key AS rootKey, key_number AS number FROM device_pairings WHERE id = ?',
    )(id)[0];
  await expect.poll(() => keyAt(node), soon).toEqual({ rootKey: first, number: 1 });
  expect(Buffer.from(node.store.dispensers.byId(id)?.rootKey ?? []).toString('hex')).toBe(first);
  const second = await provision();
  await expect.poll(() => keyAt(node), soon).toEqual({ rootKey: second, number: 2 });
  await node.stop();
  const third = await provision();
  expect(new Set([first, second, third]).size).toBe(3);
  const again = await chain.startNode({ demo: false });
  await expect.poll(() => keyAt(again), soon).toEqual({ rootKey: third, number: 3 });
}, 60_000);
