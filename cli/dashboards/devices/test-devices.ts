// Devices in every state for tests of their dashboard.
import type { DeviceGlance } from '#schema/wire/device-status';

const minute = 60_000;

interface Sample
  extends Partial<
    Pick<
      DeviceGlance,
      'state' | 'reason' | 'alerts' | 'awayHours' | 'configVersion' | 'firmware' | 'number' | 'pours' | 'pouring'
    >
  > {
  name: string;
  kind: DeviceGlance['kind'];
  store: string;
  nodeMs: number | null;
  seenMs?: number;
  pausedBy?: string;
}

const poured = (ok: number, failed = 0, uncertain = 0): DeviceGlance['pours'] => ({
  today: { ok: 60, failed, uncertain },
  week: { ok, failed, uncertain },
  lastGoodAt: '2026-11-20T12:00:00.000Z',
});

const samples: readonly Sample[] = [
  {
    name: 'printer-1',
    kind: 'printer',
    store: 'Warung Sari',
    nodeMs: 4_000,
    state: 'fault',
    reason: 'paper-out',
    seenMs: 11 * minute,
  },
  {
    name: 'water-2',
    kind: 'dispenser',
    number: 42,
    pours: poured(971, 20, 9),
    store: 'Air Isi Ulang 12',
    nodeMs: 3_000,
    state: 'offline',
    reason: 'lost',
    seenMs: 3 * minute,
  },
  { name: 'Kylskåp 1', kind: 'fridge', store: 'Café Norr', nodeMs: 74_000, state: 'online', seenMs: 74_000 },
  {
    name: 'fridge-2',
    kind: 'fridge',
    store: 'Warung Sari',
    nodeMs: 2_000,
    state: 'online',
    alerts: ['too-warm'],
    firmware: 'cool-2.1',
  },
  {
    name: 'water-1',
    kind: 'dispenser',
    number: 7,
    store: 'Warung Sari',
    nodeMs: 4_000,
    state: 'online',
    configVersion: 3,
    firmware: '1.4.0',
    pours: poured(9_999, 1),
  },
  { name: 'gate', kind: 'rfid', store: 'Warung Dusun', nodeMs: 12 * 86_400_000, state: 'online', awayHours: 14 * 24 },
  {
    name: 'water-4',
    kind: 'dispenser',
    number: 44,
    store: 'Air Isi Ulang 12',
    nodeMs: 1_000,
    state: 'online',
    pours: poured(988, 12),
    pouring: { receipt: 'T1A-000412' },
  },
  {
    name: 'washer-4',
    kind: 'vm',
    number: 9,
    store: 'Tvättstugan',
    nodeMs: 2_000,
    seenMs: 2 * 86_400_000,
    state: 'offline',
    reason: 'lost',
    pours: poured(0),
    pausedBy: 'Eva',
  },
  { name: 'screen', kind: 'tv', store: 'Warung Sari', nodeMs: 4_000, state: 'offline', reason: 'not-linked' },
];

export const deviceId = (index: number): string => `01940000-0000-7000-8000-${String(index + 1).padStart(12, '0')}`;

/** As the server would tell of them at this moment. */
export function sampleDevices(now: number): DeviceGlance[] {
  const ago = (ms: number | null | undefined) => (ms === null || ms === undefined ? null : new Date(now - ms).toISOString());
  return samples.map(({ store, nodeMs, seenMs, pausedBy, ...sample }, index) => ({
    id: deviceId(index),
    number: null,
    storeCode: store.toLowerCase().replaceAll(' ', '-'),
    storeName: store,
    state: 'unknown',
    reason: null,
    since: ago(seenMs),
    firmware: null,
    configVersion: null,
    wantedConfigVersion: 3,
    alerts: [],
    awayHours: null,
    lastSeenAt: ago(seenMs ?? nodeMs),
    nodeSeenAt: ago(nodeMs),
    pours: null,
    pouring: null,
    paused: pausedBy === undefined ? null : { since: '2026-11-18T08:12:00.000Z', by: pausedBy },
    ...sample,
  }));
}
