// The broker inside the node, for stores that have none of their own: devices prove who they are, and each keeps to its own topics. What it
// refuses is counted by its reason; who floods it loses its connection and nothing else happens.
import { createServer, type Server, type Socket } from 'node:net';
import { type Duplex, duplexPair } from 'node:stream';
import { createServer as createTlsServer } from 'node:tls';
import type { Aedes, AuthenticateError, Client } from 'aedes';
import { assert } from '#schema/values/assert';
import type { Clock } from '#schema/values/clock';
import type { CountRefusal, RefusalReason } from '../refusals.ts';
import { gatedSocket } from './gated-socket.ts';
import { type FindDevice, mayConnect, mayHear, maySay } from './rules.ts';

/** More than a store has devices, fewer than what would keep the node from opening its own files. */
const CONNECTIONS_MAX = 512;
const CONNECT_MS = 10_000;
/** MQTT 3.1.1: not authorized. */
const NOT_AUTHORIZED = 5;

export interface BrokerOptions {
  host: string;
  /** 0 takes any free one. */
  port: number;
  tls?: { host: string; port: number; certificate: BrokerCertificate };
  find: FindDevice;
  clock: Clock;
  refused: CountRefusal;
  onFault: (error: unknown) => void;
  connectionsMax?: number;
}

/** Tells the certificate at once and again when it was renewed. */
export type BrokerCertificate = (listener: (certificate: { cert: string; key: string }) => void) => void;

export interface Broker {
  port: number;
  tlsPort: number | null;
  /** A connection of the node itself, which is asked for nothing. */
  connect(): Duplex;
  stop(): Promise<void>;
}

export async function openBroker(options: BrokerOptions): Promise<Broker> {
  // A store without such devices does not load it.
  const { Aedes } = await import('aedes');
  const own = new WeakSet<object>();
  const broker = await Aedes.createBroker({
    connectTimeout: CONNECT_MS,
    ...rulesOf({ ...options, isOwn: (client) => own.has(client.conn), broker: () => broker }),
  });
  broker.on('error' as never, options.onFault as never);
  const sockets = new Set<Socket>();
  const take = (socket: Socket) => serve({ socket, sockets, broker, options });
  const servers: Server[] = [];

  async function stop(): Promise<void> {
    await new Promise<void>((closed) => broker.close(closed));
    for (const socket of sockets) socket.destroy();
    await Promise.all(servers.map((server) => new Promise<void>((closed) => server.close(() => closed()))));
  }

  try {
    servers.push(await listen(createServer({ noDelay: true, keepAlive: true }, take), options));
    if (options.tls) {
      const server = tlsServer(options.tls.certificate, { take, refused: options.refused });
      servers.push(await listen(server, { ...options, ...options.tls }));
    }
  } catch (error) {
    // A port that is taken: whoever tries again is to find the others free.
    await stop();
    throw error;
  }
  const [plain, safe] = servers.map(portOf);
  assert(plain !== undefined, 'the broker listens');
  return {
    port: plain,
    tlsPort: safe ?? null,
    connect() {
      const [ours, theirs] = duplexPair();
      own.add(theirs);
      broker.handle(theirs);
      return ours;
    },
    stop,
  };
}

function tlsServer(certificate: BrokerCertificate, to: { take: (socket: Socket) => void; refused: CountRefusal }): Server {
  const server = createTlsServer({ minVersion: 'TLSv1.2', handshakeTimeout: CONNECT_MS }, to.take);
  // One that cannot agree on how to speak safely is told by its own side.
  server.on('tlsClientError', () => to.refused('not-mqtt'));
  certificate((made) => server.setSecureContext(made));
  return server;
}

interface Serving {
  socket: Socket;
  sockets: Set<Socket>;
  broker: Aedes;
  options: BrokerOptions;
}

function serve({ socket, sockets, broker, options }: Serving): void {
  const { clock, refused, connectionsMax = CONNECTIONS_MAX } = options;
  if (sockets.size >= connectionsMax) {
    refused('too-many-connections');
    socket.destroy();
    return;
  }
  sockets.add(socket);
  socket.on('close', () => sockets.delete(socket));
  let isRefused = false;
  const refuse = (reason: RefusalReason) => {
    isRefused = true;
    refused(reason);
  };
  const client = broker.handle(gatedSocket(socket, { clock, refuse })) as Client;
  // What is not MQTT breaks the reading before anybody has a name.
  client.once('error', () => client.id || isRefused || refused('not-mqtt'));
}

interface RuleParts extends Pick<BrokerOptions, 'find' | 'refused'> {
  isOwn: (client: Client) => boolean;
  broker: () => Aedes;
}

function rulesOf({ find, refused, isOwn, broker }: RuleParts) {
  const refusal = (reason: RefusalReason): AuthenticateError => {
    refused(reason);
    return Object.assign(new Error(reason), { returnCode: NOT_AUTHORIZED });
  };
  return {
    authenticate(
      client: Client,
      name: string | undefined,
      password: Buffer | undefined,
      done: (error: AuthenticateError | null, success: boolean | null) => void,
    ) {
      const reason = isOwn(client) ? null : mayConnect(find, { id: client.id, name, password });
      if (reason) done(refusal(reason), false);
      else done(null, true);
    },
    authorizePublish(
      client: Client | null,
      packet: { topic: string; retain: boolean; payload: Buffer | string },
      done: (error?: Error | null) => void,
    ) {
      if (client && isOwn(client)) return done(null);
      const { topic, retain, payload } = packet;
      const reason = client ? maySay(find, client.id, { topic, retain, size: payload.length }) : 'unknown-device';
      return done(reason ? refusal(reason) : null);
    },
    authorizeSubscribe<Wish extends { topic: string }>(
      client: Client,
      wish: Wish,
      done: (error: Error | null, wish?: Wish | null) => void,
    ) {
      const reason = isOwn(client) ? null : mayHear(find, client.id, wish.topic);
      if (!reason) return done(null, wish);
      refused(reason);
      // The broker keeps for a lasting session whatever its subscription asks for, also what it was refused.
      queueMicrotask(() => forget(broker(), client, wish.topic));
      return done(null, null);
    },
    /** Asked for each message again: a session may have been opened before its device was given away. */
    authorizeForward: <Packet extends { topic: string }>(client: Client, packet: Packet) =>
      isOwn(client) || mayHear(find, client.id, packet.topic) === null ? packet : null,
  };
}

function forget(broker: Aedes, client: Client, topic: string): void {
  const { persistence } = broker as unknown as {
    persistence: { removeSubscriptions(client: Client, topics: string[]): Promise<unknown> };
  };
  // In memory, where nothing fails.
  void persistence.removeSubscriptions(client, [topic]);
}

const listen = (server: Server, { host, port, onFault }: Pick<BrokerOptions, 'host' | 'port' | 'onFault'>): Promise<Server> =>
  new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, host, () => {
      server.off('error', reject).on('error', onFault);
      resolve(server);
    });
  });

function portOf(server: Server): number {
  const address = server.address();
  assert(typeof address === 'object' && address, 'a listening server has a port');
  return address.port;
}
