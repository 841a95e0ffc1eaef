// Seven stores in every state for tests of the dashboard, and a server that tells of them and can be silenced.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FleetStore } from '#schema/wire/fleet';
import { sampleDevices } from '../devices/test-devices.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

interface Sample {
  name: string;
  town: string;
  currency?: string;
  seenMs: number | null;
  sales: number;
  waiting?: number;
  oldestMs?: number;
  devices?: [online: number, total: number];
}

const samples: readonly Sample[] = [
  {
    name: 'Air Isi Ulang 12',
    town: 'Bandung',
    seenMs: 3 * minute,
    sales: 81_500_000,
    waiting: 61,
    oldestMs: 9 * hour,
    devices: [5, 6],
  },
  { name: 'Laundry Bersih', town: 'Depok', seenMs: 11 * minute, sales: 0, devices: [0, 3] },
  {
    name: 'Café Norr',
    town: 'Umeå',
    currency: 'SEK',
    seenMs: 74_000,
    sales: 120_450,
    waiting: 7,
    oldestMs: hour,
    devices: [1, 1],
  },
  { name: 'Warung Sari', town: 'Bogor', seenMs: 4_000, sales: 229_200_000, waiting: 14, oldestMs: 2 * day, devices: [3, 4] },
  { name: 'Kopi Senja', town: 'Bogor', seenMs: 3_000, sales: 411_850_000, devices: [2, 2] },
  {
    name: 'Tvättstugan',
    town: 'Luleå',
    currency: 'SEK',
    seenMs: 2_000,
    sales: 348_000,
    waiting: 2,
    oldestMs: 40 * minute,
    devices: [4, 4],
  },
  { name: 'Warung Dusun', town: 'Ende', seenMs: null, sales: 0 },
];

export const sampleId = (index: number): string => `01930000-0000-7000-8000-${String(index + 1).padStart(12, '0')}`;

/** As the server would tell of them at this moment. */
export function sampleStores(now: number): FleetStore[] {
  const ago = (ms: number | null | undefined) => (ms === null || ms === undefined ? null : new Date(now - ms).toISOString());
  return samples.map((sample, index) => ({
    id: sampleId(index),
    code: sample.name.toLowerCase().replaceAll(' ', '-'),
    name: sample.name,
    town: sample.town,
    currency: sample.currency ?? 'IDR',
    lastSeenAt: ago(sample.seenMs),
    awayHours: null,
    version: sample.seenMs === null ? null : '0.1.0',
    waiting: sample.seenMs === null ? null : (sample.waiting ?? 0),
    oldestWaitingAt: ago(sample.oldestMs),
    devices: sample.devices ? { online: sample.devices[0], total: sample.devices[1] } : null,
    businessDate: '2026-11-20',
    salesToday: sample.sales,
    salesCount: sample.sales > 0 ? 62 : 0,
    hours: Array.from({ length: 24 }, (_, at) =>
      at < 7 || sample.sales === 0 ? 0 : Math.round(sample.sales / 17) * (1 + (at % 5)),
    ),
    exceptions: 0,
    unapplied: 0,
  }));
}

export interface FleetServer {
  url: string;
  /** What it was asked, in order. */
  asked: string[];
  stop(): Promise<void>;
  /** On the same port as before. */
  start(): Promise<void>;
}

/** Answers what the dashboards ask with the samples; sales rise with every answer when told so. */
export async function startFleetServer({ now, rising = false }: { now: () => number; rising?: boolean }): Promise<FleetServer> {
  const asked: string[] = [];
  let answers = 0;
  let server: Server | undefined;
  let port = 0;
  const start = () =>
    new Promise<void>((resolve) => {
      server = createServer((request, response) => {
        asked.push(`${request.method} ${request.url}`);
        answers++;
        const stores = sampleStores(now()).map((store) =>
          rising ? { ...store, salesToday: store.salesToday + answers * 100_000 } : store,
        );
        const items = request.url === '/api/v1/analytics/devices' ? sampleDevices(now()) : stores;
        response.setHeader('content-type', 'application/json').end(JSON.stringify({ now: new Date(now()).toISOString(), items }));
      }).listen(port, '127.0.0.1', () => {
        port = (server?.address() as AddressInfo | undefined)?.port ?? port;
        resolve();
      });
    });
  const stop = () =>
    new Promise<void>((resolve) => {
      server?.close(() => resolve());
      server?.closeAllConnections();
    });
  await start();
  return { url: `http://127.0.0.1:${port}`, asked, start, stop };
}
