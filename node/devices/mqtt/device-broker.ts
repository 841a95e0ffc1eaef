// Where a node's devices meet it by MQTT: the broker inside it, or one elsewhere by setting. Nothing of it is started, and no port opened,
// before the first device asks for it.
import type { Clock } from '#schema/values/clock';
import type { Log } from '../../base/log.ts';
import type { Lan } from '../../lan/lan.ts';
import type { CountRefusal } from '../refusals.ts';
import { type Broker, openBroker } from './broker.ts';
import { type BrokerConnection, openConnection } from './connection.ts';
import type { FindDevice } from './rules.ts';

export interface BrokerSettings {
  /** A broker elsewhere, with user and password in it; the one inside the node where there is none. */
  url?: string;
  /** 0 takes any free one. */
  port: number;
  /** Where other machines may reach the node: with the certificate of its LAN. */
  tlsPort: number;
}

export interface DeviceBrokerParts {
  settings: BrokerSettings;
  /** Of the node: where it listens. */
  host: string;
  /** Known once the node listens; null where no other machine may reach it. */
  lan: () => Lan | null;
  nodeId: string;
  find: FindDevice;
  clock: Clock;
  log: Log;
  refused: CountRefusal;
}

export interface DeviceBroker {
  connection: BrokerConnection;
  /** Of the broker inside the node, once it was started. */
  ports(): { plain: number; tls: number | null } | null;
  stop(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';

export function openDeviceBroker({ settings, host, lan, nodeId, log, ...parts }: DeviceBrokerParts): DeviceBroker {
  let broker: Broker | undefined;
  const onFault = (error: unknown) => log.warn({ error }, 'the broker of the devices');

  async function start(): Promise<Broker> {
    const network = lan();
    const tls = network && { host, port: settings.tlsPort, certificate: network.onCertificate };
    broker = await openBroker({
      ...parts,
      onFault,
      port: settings.port,
      // Where the network is let in by TLS alone, so are its devices.
      host: network?.state().tlsOnly ? LOOPBACK : host,
      ...(tls && { tls }),
    });
    return broker;
  }

  const connection = openConnection({
    ...parts,
    clientId: `lapak-${nodeId}`,
    reach: async () => settings.url ?? start(),
    onFault,
  });
  return {
    connection,
    ports: () => (broker ? { plain: broker.port, tls: broker.tlsPort } : null),
    stop: connection.stop,
  };
}
