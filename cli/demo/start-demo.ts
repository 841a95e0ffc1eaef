// The whole chain on one machine: a centre, the sample goods, one store node that is enrolled, a virtual dispenser that is paired.
import type { Clock } from '#schema/values/clock';
import type { Centre, LocalNode } from '../connect.ts';
import { wait } from '../ui/clock.ts';
import type { DemoFolder } from './folder.ts';

interface Running {
  url: string;
  stop(): Promise<void>;
}

/** The programs that it starts and the ways to call them; the command that starts the demo brings them. */
export interface DemoParts {
  startCentre(options: { dataFolder: string; port: number; admin: { login: string; password: string } }): Promise<Running>;
  startNode(options: { dataFolder: string; port: number; serverUrl: string; demo: boolean }): Promise<Running>;
  enrolNode(options: { dataFolder: string; serverUrl: string; code: string; name: string }): Promise<unknown>;
  seed(centre: Centre, pins: readonly string[]): Promise<unknown>;
  connectCentre(baseUrl: string, token: string | undefined): Centre;
  connectNode(folder: string): Promise<LocalNode>;
}

export interface DemoOptions {
  folder: DemoFolder;
  ports: { centre: number; node: number };
  storeCode: string;
  /** Told what is being done, in the order that it takes time. */
  tell(text: string): void;
  clock: Clock;
}

export interface Demo {
  centreUrl: string;
  tillUrl: string;
  token: string;
  /** Whether the till can sell and the dispenser can pour; when not, they still become so by themselves. */
  ready: boolean;
  stop(): Promise<void>;
}

export async function startDemo(parts: DemoParts, { folder, ports, storeCode, tell, clock }: DemoOptions): Promise<Demo> {
  const running: Running[] = [];
  const stop = async () => {
    for (let last = running.pop(); last; last = running.pop()) await last.stop();
  };
  try {
    tell('Starting the centre');
    const { pins, ...admin } = folder.login;
    const centre = await parts.startCentre({ dataFolder: folder.centre, port: ports.centre, admin });
    running.push(centre);
    const { token } = await parts.connectCentre(centre.url, undefined).identity.login({ body: admin });
    const calls = parts.connectCentre(centre.url, token);
    if (!folder.isSeeded()) {
      tell('Adding the sample goods');
      await parts.seed(calls, pins);
      await folder.markSeeded();
    }
    tell('Starting the store node');
    await enrolOnce(parts, { calls, folder, serverUrl: centre.url, storeCode });
    const node = await parts.startNode({ dataFolder: folder.node, port: ports.node, serverUrl: centre.url, demo: true });
    running.push(node);
    tell('Waiting for the catalogue');
    const ready = await untilReady(await parts.connectNode(folder.node), clock);
    return { centreUrl: centre.url, tillUrl: node.url, token, ready, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Enrolling {
  calls: Centre;
  folder: DemoFolder;
  serverUrl: string;
  storeCode: string;
}

/** A store keeps the node that it has: only one without gets this machine's. */
async function enrolOnce(parts: DemoParts, { calls, folder, serverUrl, storeCode }: Enrolling): Promise<void> {
  const { items } = await calls.store.list({ query: { limit: '500' } });
  const store = items.find(({ code }) => code === storeCode);
  if (!store || store.node) return;
  const { code } = await calls.store.createEnrolmentCode({ params: { id: store.id } });
  await parts.enrolNode({ dataFolder: folder.node, serverUrl, code, name: 'Demo' });
}

const READY_MS = 20_000;
const POLL_MS = 100;

async function untilReady(node: LocalNode, clock: Clock): Promise<boolean> {
  const deadline = clock.now() + READY_MS;
  while (clock.now() < deadline) {
    const { sync, devices } = await node.node.status();
    if (sync.catalogueComplete && devices.online > 0) return true;
    await wait(clock, POLL_MS);
  }
  return false;
}
