// The root keys of devices: made when a device is provisioned, sealed at rest, given to their store's node alone.
import { X509Certificate } from 'node:crypto';
import { and, asc, eq } from 'drizzle-orm';
import { kindRules } from '#schema/rules/device';
import { deviceKeys, devices } from '#schema/tables/central/device';
import { journalHeads } from '#schema/tables/central/journal';
import { nodes } from '#schema/tables/central/store';
import { present } from '#schema/values/assert';
import { ok, type Result, refuse } from '#schema/values/result';
import type { DeviceKeyBox } from '#schema/wire/device-key';
import type { ProvisionDevice, Provisioned } from '#schema/wire/device-registry';
import { epochOf, rootKeySize } from '#schema/wire/voucher-code';
import type { Drizzle, Tx } from '../../base/database.ts';
import { claimId } from '../../base/intent.ts';
import type { Context } from '../../base/runtime.ts';
import type { Seal } from '../../base/secret.ts';
import { keyFile } from './key-file.ts';
import { findDevice } from './queries.ts';

const purposeOf = (deviceId: string): string => `device-key ${deviceId}`;

type ProvisionRefusal =
  | 'unknown-device'
  | 'device-archived'
  | 'needs-no-key'
  | 'not-linked'
  | 'needs-broker'
  | 'bad-ca'
  | 'shown-before'
  | 'id-reused';

/** Another key each time: a board that takes the place of another knows nothing of what that one poured. */
export async function provisionDevice(
  tx: Tx,
  { deviceId, id, mqttUri, mqttCa }: Omit<ProvisionDevice, 'password'> & { deviceId: string },
  { now, by, random }: Context,
  seal: Seal,
): Promise<Result<Provisioned, ProvisionRefusal>> {
  await tx.select({ id: devices.id }).from(devices).where(eq(devices.id, deviceId)).for('update');
  const device = await findDevice(tx, deviceId);
  if (!device) return refuse('unknown-device', 'There is no such device.', { field: 'id' });
  const checked = checkProvision(device, { mqttUri, mqttCa });
  if (!checked.ok) return checked;
  const claimed = await claimId(tx, id, { kind: 'device-key', deviceId }, now);
  if (!claimed.ok) return claimed;
  if (claimed.value === 'again')
    return refuse('shown-before', 'This key was made and shown: it is not shown again.', {
      field: 'id',
      next: 'Provision the device once more under a new id, which gives it another key.',
    });
  const rootKey = random(rootKeySize);
  const number = device.keyNumber + 1;
  const made = { number, sealed: seal.seal(Buffer.from(rootKey).toString('hex'), purposeOf(deviceId)), madeAt: now, madeBy: by };
  await tx
    .insert(deviceKeys)
    .values({ deviceId, ...made })
    .onConflictDoUpdate({ target: deviceKeys.deviceId, set: made });
  await tx.update(devices).set({ keyNumber: number }).where(eq(devices.id, deviceId));
  const keyEpoch = epochOf(await generationOf(tx, device.storeId));
  return ok({ deviceId, keyNumber: number, ...keyFile({ device, rootKey, keyEpoch, mqttUri, mqttCa, random }) });
}

function checkProvision(
  { kind, link, archived, name }: NonNullable<Awaited<ReturnType<typeof findDevice>>>,
  { mqttUri, mqttCa }: Pick<ProvisionDevice, 'mqttUri' | 'mqttCa'>,
): Result<null, ProvisionRefusal> {
  if (archived)
    return refuse('device-archived', `${name} was archived.`, {
      field: 'id',
      next: 'Bring it back first: lapak device archive --undo',
    });
  if (kindRules[kind].links.length === 0)
    return refuse('needs-no-key', `A device of the kind ${kind} is set up at its node and has no key.`, { field: 'id' });
  if (!link)
    return refuse('not-linked', `Nobody has said how ${name} is reached.`, {
      field: 'id',
      next: 'Say it first: lapak device change --link',
    });
  if (link.kind === 'mqtt' && mqttUri === undefined)
    return refuse('needs-broker', `${name} is reached by MQTT, so it must know the broker.`, {
      field: 'mqttUri',
      next: 'Say it like mqtts://192.168.1.10:8883, as the device sees it.',
    });
  if (mqttCa === undefined) return ok(null);
  if (link.kind !== 'mqtt' || !mqttUri?.startsWith('mqtts:'))
    return refuse('bad-ca', `${name} does not reach a broker by mqtts, so it has no certificate to check.`, {
      field: 'mqttCa',
      next: 'Leave the certificate out, or name a broker like mqtts://192.168.1.10:8883',
    });
  return isCertificate(mqttCa)
    ? ok(null)
    : refuse('bad-ca', 'That is no certificate.', {
        field: 'mqttCa',
        next: 'Give the one of the authority that signed the broker’s own; a store box shows its own on its page /trust.',
      });
}

function isCertificate(base64: string): boolean {
  const bytes = Buffer.from(base64, 'base64');
  try {
    return new X509Certificate(bytes).raw.equals(bytes);
  } catch {
    return false;
  }
}

async function generationOf(db: Drizzle, storeId: string): Promise<number> {
  const [row] = await db
    .select({ generation: journalHeads.generation })
    .from(journalHeads)
    .where(eq(journalHeads.storeId, storeId));
  return present(row, 'every store has a journal').generation;
}

/** What a node may know: the keys of its own store. */
export async function keysOfStore(db: Drizzle, storeId: string, seal: Seal): Promise<DeviceKeyBox> {
  const rows = await db
    .select({ deviceId: deviceKeys.deviceId, number: deviceKeys.number, sealed: deviceKeys.sealed })
    .from(deviceKeys)
    .innerJoin(devices, eq(devices.id, deviceKeys.deviceId))
    .where(and(eq(devices.storeId, storeId), eq(devices.archived, false)))
    .orderBy(asc(deviceKeys.deviceId));
  return {
    keys: rows.map(({ deviceId, number, sealed }) => ({ deviceId, number, rootKey: seal.open(sealed, purposeOf(deviceId)) })),
  };
}

export async function boxKeyOf(db: Drizzle, nodeId: string): Promise<string> {
  const [row] = await db.select({ boxKey: nodes.boxKey }).from(nodes).where(eq(nodes.id, nodeId));
  return present(row, 'a node that called is known').boxKey;
}

/** After the secret key was changed: at the start, before anything is served. */
export async function sealDeviceKeysAnew(tx: Tx, seal: Seal): Promise<void> {
  const rows = await tx.select({ deviceId: deviceKeys.deviceId, sealed: deviceKeys.sealed }).from(deviceKeys).for('update');
  for (const { deviceId, sealed } of rows) {
    if (seal.isCurrent(sealed)) continue;
    const anew = seal.seal(seal.open(sealed, purposeOf(deviceId)), purposeOf(deviceId));
    await tx.update(deviceKeys).set({ sealed: anew }).where(eq(deviceKeys.deviceId, deviceId));
  }
}
