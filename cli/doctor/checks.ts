// What the doctor looks at, one function a check. Each says how it stands and, where it does not stand well, what to do.
import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { LanState } from '#schema/wire/node';
import type { LocalNode } from '../connect.ts';
import { isPortFree } from '../demo/free-port.ts';
import { type Env, isNodeFolder } from '../folders.ts';
import { configPath } from '../profile.ts';

/** off: nothing to check here, and nothing wrong with that. */
export type CheckState = 'ok' | 'warning' | 'problem' | 'off';

export interface Finding {
  check: string;
  state: CheckState;
  detail: string;
  next: string | null;
}

const finding = (check: string, state: CheckState, detail: string, next: string | null = null): Finding => ({
  check,
  state,
  detail,
  next,
});

/** `>=20.19 <26` of package.json's engines. */
export function checkNode(version: string, engines: string): Finding {
  const [, low = '0', lowMinor = '0', high = '999'] = /^>=(\d+)\.(\d+) <(\d+)$/.exec(engines) ?? [];
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const fits = (major > Number(low) || (major === Number(low) && minor >= Number(lowMinor))) && major < Number(high);
  return fits
    ? finding('Node.js', 'ok', version)
    : finding('Node.js', 'problem', `${version}; Lapak needs ${engines}`, `Install a Node.js that is ${engines}.`);
}

const ROOM_LOW = 1_000_000_000;
const ROOM_OUT = 100_000_000;

export async function checkFolder(folder: string): Promise<Finding> {
  const place = await nearestThatExists(folder);
  const writable = await access(place, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!writable)
    return finding(
      'Data folder',
      'problem',
      `${place} cannot be written`,
      `Mend its permissions, or name another with LAPAK_DATA_DIR.`,
    );
  const { bavail, bsize } = await statfs(place);
  const room = bavail * bsize;
  const detail = `${folder}, ${Math.floor(room / 1_000_000)} MB free`;
  if (room < ROOM_OUT) return finding('Data folder', 'problem', detail, 'Make room now: a full disk stops sales.');
  return room < ROOM_LOW ? finding('Data folder', 'warning', detail, 'Make room soon.') : finding('Data folder', 'ok', detail);
}

async function nearestThatExists(folder: string): Promise<string> {
  const there = await stat(folder).then(
    () => true,
    () => false,
  );
  return there || folder === dirname(folder) ? folder : nearestThatExists(dirname(folder));
}

export async function checkConfig(env: Env): Promise<Finding> {
  const path = configPath(env);
  const mode = await stat(path).then(
    (stats) => stats.mode,
    () => undefined,
  );
  if (mode === undefined)
    return finding('Configuration', 'off', `${path} is not there yet`, 'Sign in with `lapak login`, or run `lapak up`.');
  const open = (mode & 0o077) !== 0;
  return open
    ? finding('Configuration', 'problem', `${path} can be read by others, and it holds a token`, `chmod 600 ${path}`)
    : finding('Configuration', 'ok', path);
}

const CLOCK_OFF_MS = 30_000;

export interface ServerCheck {
  server: string;
  fetch: typeof fetch;
  now: () => number;
  timeoutMs: number;
}

export async function checkServer({ server, fetch, now, timeoutMs }: ServerCheck): Promise<Finding[]> {
  const asked = now();
  const answer = await fetch(new URL('/readyz', server), { signal: AbortSignal.timeout(timeoutMs) }).catch(() => undefined);
  if (!answer)
    return [
      finding('Server', 'problem', `${server} does not answer`, 'Start it, or name another with --server or `lapak login`.'),
    ];
  const took = now() - asked;
  const ready = answer.ok
    ? finding('Server', 'ok', `${server} answers in ${took} ms`)
    : finding('Server', 'problem', `${server} answers ${answer.status}: it is not ready`, 'Look at its log; /readyz says why.');
  return [ready, ...clockFinding(answer.headers.get('date'), asked + took / 2)];
}

/** The server tells whole seconds: a difference is believed only beyond them. */
function clockFinding(date: string | null, here: number): Finding[] {
  const there = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(there)) return [];
  const offMs = here - there - 500;
  const seconds = Math.round(Math.abs(offMs) / 1_000);
  if (Math.abs(offMs) <= CLOCK_OFF_MS)
    return [finding('Clock', 'ok', seconds <= 1 ? 'the same as the server’s' : `${seconds} s from the server’s`)];
  return [
    finding(
      'Clock',
      'problem',
      `${seconds} s ${offMs > 0 ? 'ahead of' : 'behind'} the server’s`,
      'Set this machine’s clock, best by NTP.',
    ),
  ];
}

export async function checkLocalNode(folder: string, connect: () => Promise<LocalNode>): Promise<Finding[]> {
  if (!isNodeFolder(folder)) return [finding('Store node', 'off', 'there is none on this machine')];
  try {
    const node = await connect();
    const { sync, devices, enrolled } = await node.node.status();
    if (!enrolled) return [finding('Store node', 'warning', `${node.baseUrl} is not enrolled`, 'lapak node enrol')];
    const away =
      sync.link === 'online'
        ? []
        : [
            finding(
              'Store node',
              'warning',
              `offline; ${sync.waiting} facts wait`,
              'It sends them by itself when the centre answers.',
            ),
          ];
    const off = devices.total - devices.online;
    const missing =
      off === 0 ? [] : [finding('Devices', 'warning', `${off} of ${devices.total} do not answer`, 'lapak device list --here')];
    return [finding('Store node', 'ok', `${node.baseUrl}, ${sync.link}, ${sync.waiting} facts waiting`), ...away, ...missing];
  } catch {
    return [finding('Store node', 'problem', `the one in ${folder} does not answer`, 'Start it: lapak node start, or lapak up')];
  }
}

const CERTIFICATE_LOW_MS = 7 * 86_400_000;

export interface LanCheck {
  lan: LanState | null;
  fetch: typeof fetch;
  now: number;
  timeoutMs: number;
}

/** Asked from here: what stands between this machine and a tablet, a firewall above all, only the tablet can tell. */
export async function checkLan({ lan, fetch, now, timeoutMs }: LanCheck): Promise<Finding[]> {
  if (lan === null) return [finding('LAN', 'off', 'tills on this machine alone')];
  const ends = Date.parse(lan.certificateEndsAt) - now;
  if (ends < CERTIFICATE_LOW_MS)
    return [
      finding('LAN', 'problem', 'its certificate ends, and was not renewed', 'Set this machine’s clock, then restart the node.'),
    ];
  const byAddress = lan.plain.filter((address) => /\d$/.test(new URL(address).hostname));
  if (byAddress.length === 0)
    return [finding('LAN', 'warning', 'this machine has no address in a network', 'Connect it to the shop’s network.')];
  const answers = await Promise.all(
    byAddress.map((address) =>
      fetch(new URL('/healthz', address), { signal: AbortSignal.timeout(timeoutMs) }).then(
        ({ ok }) => ok,
        () => false,
      ),
    ),
  );
  const silent = byAddress.filter((_, index) => !answers[index]);
  if (silent.length > 0)
    return [
      finding(
        'LAN',
        'problem',
        `nothing answers at ${silent.join(', ')}`,
        'Let the node’s ports through this machine’s firewall.',
      ),
    ];
  return [finding('LAN', 'ok', `${byAddress.join(', ')}${lan.tlsOnly ? ', tills by TLS alone' : ''}`)];
}

/** Only where nothing of ours runs yet does a taken port mean trouble. */
export async function checkPort(port: number, whose: string, isOurs: boolean): Promise<Finding> {
  const name = `Port ${port}`;
  if (await isPortFree(port)) return finding(name, 'ok', `free for the ${whose}`);
  if (isOurs) return finding(name, 'ok', `used by the ${whose}`);
  return finding(
    name,
    'warning',
    `used by another program; the ${whose} wants it`,
    'Stop that program, or start with another port.',
  );
}
