// The root keys of this store's devices come beside the shapes, in a call that the node signs: sealed to this machine and signed by the
// centre. Asked for when the registry names a newer key than this machine has.
import { Compile } from 'typebox/compile';
import { client, ProblemError, UnreachableError } from '#schema/client';
import { isSignedBy } from '#schema/facts/chain';
import type { Clock } from '#schema/values/clock';
import { ok, type Result, refuse } from '#schema/values/result';
import { DeviceKeyBox, deviceKeysContext, deviceKeysText, deviceSyncContract } from '#schema/wire/device-key';
import type { Log } from '../base/log.ts';
import { rowOf, rowsOf, type Sqlite, writer } from '../base/sqlite.ts';
import type { Centre } from './centre.ts';
import type { Enrolled, Identity } from './identity.ts';
import { type Loop, type Next, startLoop } from './loop.ts';

const RETRY_MS = 10_000;

interface DeviceKeyParts {
  sqlite: Sqlite;
  centre: Centre;
  identity: Identity;
  clock: Clock;
  now: () => number;
  log: Log;
  onKeys: () => void;
}

const shape = Compile(DeviceKeyBox);

/** What the box holds, once it is proved that the centre filled it for this machine. */
export function openDeviceKeys(
  answer: { box: string; signature: string },
  identity: Pick<Identity, 'openBox'>,
  { storeId, nodeId, centrePublicKey }: Pick<Enrolled, 'storeId' | 'nodeId' | 'centrePublicKey'>,
): Result<DeviceKeyBox, 'bad-signature' | 'not-for-us' | 'unreadable-keys'> {
  const owner = { storeId, nodeId };
  if (!isSignedBy(deviceKeysText(answer.box, owner), answer.signature, centrePublicKey))
    return refuse('bad-signature', 'The keys are not signed by the centre that this node enrolled with.');
  const opened = identity.openBox(answer.box, deviceKeysContext(owner));
  if (!opened.ok) return opened;
  const box: unknown = JSON.parse(opened.value);
  return shape.Check(box) ? ok(box) : refuse('unreadable-keys', 'The box does not hold keys as this version knows them.');
}

export function startDeviceKeys({ sqlite, centre, identity, clock, now, log, onKeys }: DeviceKeyParts): Loop {
  const { keys: ask } = client(deviceSyncContract, { baseUrl: centre.enrolled.serverUrl, fetch: centre.fetch });
  const readLacking = rowOf(
    sqlite,
    `SELECT 1 FROM devices d LEFT JOIN device_pairings p ON p.id = d.id
     WHERE d.archived = 0 AND d.key_number > coalesce(p.key_number, 0) LIMIT 1`,
  );
  const readLink = rowsOf<{ link: string | null }>(sqlite, 'SELECT link FROM devices WHERE id = ?');
  const write = writer(
    sqlite,
    `INSERT INTO device_pairings (id, driver, root_key, key_number, paired_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET driver = excluded.driver, root_key = excluded.root_key, key_number = excluded.key_number,
       paired_at = excluded.paired_at WHERE excluded.key_number > device_pairings.key_number`,
  );

  const keep = sqlite.transaction(({ keys }: DeviceKeyBox): number => {
    let kept = 0;
    for (const { deviceId, number, rootKey } of keys) {
      const link = readLink(deviceId)[0]?.link ?? null;
      const driver = link === null ? 'none' : (JSON.parse(link) as { kind: string }).kind;
      kept += write(deviceId, driver, rootKey, number, now());
    }
    return kept;
  });

  return startLoop(clock, async (): Promise<Next> => {
    if (!readLacking()) return 'rest';
    try {
      const opened = openDeviceKeys(await ask(), identity, centre.enrolled);
      if (opened.ok && keep(opened.value) > 0) onKeys();
      else log.warn({ refusal: opened.ok ? 'nothing-new' : opened.code }, 'the centre gave no key that is lacking');
      return readLacking() ? RETRY_MS : 'rest';
    } catch (error) {
      if (!(error instanceof UnreachableError || error instanceof ProblemError)) throw error;
      log.debug({ error }, 'the keys of devices could not be fetched');
      return RETRY_MS;
    }
  });
}
