// The devices of this store: what the centre says of each, joined with the key that this machine has of it.
import type { DeviceConfig, DeviceKind, DeviceLink, DeviceSlot } from '#schema/rules/device';
import { rowsOf, type Sqlite } from '../base/sqlite.ts';

export interface StoreDevice {
  id: string;
  kind: DeviceKind;
  /** Of those that pour. */
  number: number | null;
  name: string;
  slots: DeviceSlot[];
  /** Null while nobody has said how it is reached. */
  link: DeviceLink | null;
  config: DeviceConfig;
  configVersion: number;
  /** Null until this machine has its key. */
  rootKey: Uint8Array | null;
}

type DeviceRow = Pick<StoreDevice, 'id' | 'kind' | 'number' | 'name' | 'configVersion'> & {
  slots: string;
  link: string | null;
  config: string;
  rootKey: string | null;
};

export interface StoreDevices {
  all(): readonly StoreDevice[];
  byId(id: string): StoreDevice | undefined;
  /** Their shape or a key has changed. */
  forget(): void;
}

export function openDevices(sqlite: Sqlite): StoreDevices {
  const read = rowsOf<DeviceRow>(
    sqlite,
    `SELECT d.id, d.kind, d.number, d.name, d.slots, d.link, d.config, d.config_version AS configVersion, v.root_key AS rootKey
     FROM devices d LEFT JOIN device_pairings v ON v.id = d.id WHERE d.archived = 0 ORDER BY d.number IS NULL, d.number, d.name, d.id`,
  );
  let known: Map<string, StoreDevice> | undefined;
  const all = () => {
    known ??= new Map(
      read().map(({ slots, link, config, rootKey, ...row }) => [
        row.id,
        {
          ...row,
          slots: JSON.parse(slots) as DeviceSlot[],
          link: link === null ? null : (JSON.parse(link) as DeviceLink | null),
          config: JSON.parse(config) as DeviceConfig,
          rootKey: rootKey === null ? null : Buffer.from(rootKey, 'hex'),
        },
      ]),
    );
    return known;
  };
  return {
    all: () => [...all().values()],
    byId: (id) => all().get(id),
    forget() {
      known = undefined;
    },
  };
}
