// Mosquitto as a store's broker of its own, with the rules that docs/brokers.md gives: each device its own topics, the node all of them.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brokerPassword } from '#schema/wire/device-topics';
import { freePort } from './free-port.ts';

export interface Mosquitto {
  /** For a device; its name and password come beside it. */
  url: string;
  /** For the node, with its name and password. */
  nodeUrl: string;
  kill(): Promise<void>;
  start(): Promise<void>;
  remove(): Promise<void>;
}

const nodePassword = 'only-the-node-knows';

const said = ['state', 'info', 'up'].map((leaf) => `pattern write +/1/warung-sari/%u/${leaf}`);
const heard = ['down', 'config'].map((leaf) => `pattern read +/1/warung-sari/%u/${leaf}`);
const acl = ['user node', 'topic readwrite +/1/warung-sari/#', ...said, ...heard, ''].join('\n');

export async function startMosquitto(devices: { name: string; rootKey: Uint8Array }[]): Promise<Mosquitto> {
  const folder = mkdtempSync(join(tmpdir(), 'lapak-mosquitto-'));
  const file = (name: string) => join(folder, name);
  const port = await freePort();
  writeFileSync(file('acl'), acl, { mode: 0o600 });
  const people = [
    { name: 'node', password: nodePassword },
    ...devices.map(({ name, rootKey }) => ({ name, password: brokerPassword(rootKey) })),
  ];
  writeFileSync(file('passwords'), people.map(({ name, password }) => `${name}:${password}\n`).join(''), { mode: 0o600 });
  execFileSync('mosquitto_passwd', ['-U', file('passwords')]);
  const settings = [
    `listener ${port} 127.0.0.1`,
    'allow_anonymous false',
    'use_username_as_clientid true',
    `password_file ${file('passwords')}`,
    `acl_file ${file('acl')}`,
    'message_size_limit 8192',
    'persistence false',
    // It would leave its files behind for another user else.
    'user root',
    '',
  ];
  writeFileSync(file('mosquitto.conf'), settings.join('\n'));
  let kill = async () => {};

  async function start(): Promise<void> {
    const broker = spawn('mosquitto', ['-c', file('mosquitto.conf')], { stdio: 'ignore' });
    const gone = once(broker, 'exit');
    kill = async () => {
      broker.kill('SIGKILL');
      await gone;
    };
    while (!(await answers(port))) if (broker.exitCode !== null) throw new Error('mosquitto ended');
  }

  await start();
  return {
    url: `mqtt://127.0.0.1:${port}`,
    nodeUrl: `mqtt://node:${nodePassword}@127.0.0.1:${port}`,
    kill: () => kill(),
    start,
    async remove() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
