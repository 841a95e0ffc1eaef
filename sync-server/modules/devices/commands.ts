// Devices: the centre decides which a store has, what they pour, how they are reached and what they are told. Their nodes do the rest.
import { and, eq } from 'drizzle-orm';
import { checkDevice, type DeviceConfigs, type DeviceKind, type DeviceSlot, pours } from '#schema/rules/device';
import { devices } from '#schema/tables/central/device';
import { present } from '#schema/values/assert';
import { canonical, type Json } from '#schema/values/canonical';
import { ok, type Result, refuse } from '#schema/values/result';
import type { BodyOf } from '#schema/wire/contract';
import {
  type ChangeDevice,
  completeConfig,
  type deviceRegistryContract,
  type RegisteredDevice,
} from '#schema/wire/device-registry';
import { affectedRows, type Tx } from '../../base/database.ts';
import { claimId } from '../../base/intent.ts';
import type { Context } from '../../base/runtime.ts';
import { findFlags } from '../catalog/queries.ts';
import { storeExists } from '../stores/queries.ts';
import { findDevice } from './queries.ts';

type CreateDevice = BodyOf<typeof deviceRegistryContract.create>;
type SlotRefusal = 'unknown-product' | 'not-dispensable';
type WrongDevice = SlotRefusal | 'bad-slots' | 'repeated-slot' | 'bad-link' | 'bad-config';

export async function createDevice(
  tx: Tx,
  input: CreateDevice,
  { now, random }: Context,
): Promise<Result<RegisteredDevice, WrongDevice | 'unknown-store' | 'id-reused'>> {
  const { id, storeId, kind, name, slots = [], link = null } = input;
  const claimed = await claimId(tx, id, { what: 'device', ...input }, now);
  if (!claimed.ok) return claimed;
  if (claimed.value === 'again') return ok(present(await findDevice(tx, id), 'the id of a device was claimed without it'));
  if (!(await storeExists(tx, storeId))) return refuse('unknown-store', 'There is no such store.', { field: 'storeId' });
  const checked = checkDevice({ kind, slots, link });
  if (!checked.ok) return checked;
  const goods = await checkGoods(tx, slots);
  if (!goods.ok) return goods;
  const config = completeConfig(kind, input.config ?? {});
  if (!config.ok) return config;
  const row = { id, storeId, kind, name, slots, link, config: config.value, configVersion: 1, version: 1, createdAt: now };
  if (pours(kind)) await insertWithNumber(tx, row, random);
  else await tx.insert(devices).values(row);
  return ok(present(await findDevice(tx, id), 'the device was just added'));
}

async function checkGoods(tx: Tx, slots: readonly DeviceSlot[]): Promise<Result<null, SlotRefusal>> {
  const goods = await findFlags(
    tx,
    slots.map(({ productId }) => productId),
  );
  for (const [index, { productId }] of slots.entries()) {
    const product = goods.get(productId);
    const field = `slots[${index}].productId`;
    if (!product) return refuse('unknown-product', 'There is no such product.', { field });
    if (!product.dispensable) return refuse('not-dispensable', `${product.name} is not sold from a dispenser.`, { field });
  }
  return ok(null);
}

type NewRow = typeof devices.$inferInsert;

/** Its name on the wire is 32 bits: random, unique in the chain, never zero; one that is taken is drawn again. */
async function insertWithNumber(tx: Tx, row: NewRow, random: Context['random']): Promise<void> {
  for (;;) {
    const number = Buffer.from(random(4)).readUInt32LE();
    if (number === 0) continue;
    const inserted = await tx
      .insert(devices)
      .values({ ...row, number })
      .onConflictDoNothing({ target: devices.number });
    if (affectedRows(inserted) === 1) return;
  }
}

/** `ifVersion` is the version that the person has seen, where they say so. */
export async function changeDevice(
  tx: Tx,
  { id, ifVersion, change }: { id: string; ifVersion: number | null; change: ChangeDevice },
): Promise<Result<RegisteredDevice, WrongDevice | 'unknown-device' | 'newer-version'>> {
  const [before] = await tx.select().from(devices).where(eq(devices.id, id)).for('update');
  if (!before) return refuse('unknown-device', 'There is no such device.', { field: 'id' });
  if (ifVersion !== null && ifVersion !== before.version)
    return refuse('newer-version', `Somebody changed it in the meantime: it is at version ${before.version} now.`, {
      next: 'Read it again and change that.',
      facts: { version: before.version },
    });
  const { kind } = before;
  const { name = before.name, slots = before.slots, link = before.link, archived = before.archived } = change;
  const checked = checkDevice({ kind, slots, link });
  if (!checked.ok) return checked;
  const goods = change.slots ? await checkGoods(tx, slots) : ok(null);
  if (!goods.ok) return goods;
  const config = completeConfig(kind, change.config ?? {}, before.config as DeviceConfigs[DeviceKind]);
  if (!config.ok) return config;
  const told = (row: Pick<typeof before, 'config' | 'slots'>) => canonical([row.config, row.slots] as unknown as Json);
  const isToldMore = told({ config: config.value, slots }) !== told(before);
  await tx
    .update(devices)
    .set({
      name,
      slots,
      link,
      archived,
      config: config.value,
      configVersion: before.configVersion + (isToldMore ? 1 : 0),
      version: before.version + 1,
    })
    .where(and(eq(devices.id, id)));
  return ok(present(await findDevice(tx, id), 'the device was just changed'));
}
