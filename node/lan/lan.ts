// The shop's network: the same routes on a second port under TLS, and a page on the plain one that tells people how to trust the box. The
// certificate is made anew before it ends and when the box gets another address; nobody has to restart anything.
import { createServer, type Server } from 'node:https';
import { isIPv4 } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Clock, RandomBytes } from '#schema/values/clock';
import { isoTime } from '#schema/values/time';
import type { LanState } from '#schema/wire/node';
import type { Sqlite } from '../base/sqlite.ts';
import { openAuthority } from './authority.ts';
import { makeServerCertificate, type ServerCertificate } from './certificate.ts';
import type { OwnHosts } from './own-hosts.ts';
import { mountTrust } from './trust-routes.ts';

const LOOK_EVERY_MS = 60_000;
const RENEW_BEFORE_MS = 30 * 86_400_000;
/** As long as the plain server keeps a till's connection. */
const KEEP_ALIVE_MS = 72_000;

export interface LanOptions {
  /** Names that tills use beside what the system calls this machine. */
  names: readonly string[];
  tlsPort: number;
  /** Other machines reach only the page that tells how to trust the box without TLS. */
  tlsOnly: boolean;
}

export interface Lan {
  state(): LanState;
  /** Where the till page is from other machines, the safe ones first. */
  addresses(): string[];
  /** Tells the certificate at once, and again whenever it is made anew. */
  onCertificate(listener: (certificate: { cert: string; key: string }) => void): void;
  listen(): Promise<void>;
  stop(): void;
}

export interface LanParts {
  app: FastifyInstance;
  sqlite: Sqlite;
  clock: Clock;
  random: RandomBytes;
  now: () => number;
  hosts: OwnHosts;
  /** Known once the store has arrived from the centre. */
  storeName: () => string;
  host: string;
  options: LanOptions;
  /** Known once the plain server listens. */
  port: () => number;
}

export function openLan({ app, hosts, clock, options, port, host, ...parts }: LanParts): Lan {
  const { names, others } = namesOf(hosts);
  const authority = openAuthority({ ...parts, storeName: parts.storeName(), names, now: parts.now() });
  const server = createServer({ minVersion: 'TLSv1.2', keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) =>
    app.routing(request, response),
  );
  const listeners = new Set<(certificate: { cert: string; key: string }) => void>();
  let certificate = renew();
  let cancel = () => {};

  function renew(): ServerCertificate & { hosts: string } {
    const made = makeServerCertificate(authority, ['localhost', '127.0.0.1', ...others()], { ...parts, now: parts.now() });
    server.setSecureContext(made);
    for (const listener of listeners) listener(made);
    return { ...made, hosts: others().join() };
  }

  function look(): void {
    const isOver = certificate.notAfter - parts.now() < RENEW_BEFORE_MS;
    if (isOver || others().join() !== certificate.hosts) certificate = renew();
    cancel = clock.after(LOOK_EVERY_MS, look);
  }

  const tlsPort = () => {
    const address = server.address();
    return typeof address === 'object' && address ? address.port : options.tlsPort;
  };
  const plain = () => hosts.others().map((name) => `http://${name}:${port()}`);
  const safe = () => others().map((name) => `https://${name}:${tlsPort()}`);
  mountTrust(app, { ...authority, storeName: parts.storeName, tlsOnly: options.tlsOnly, addresses: safe });
  return {
    addresses: () => (options.tlsOnly ? safe() : [...safe(), ...plain()]),
    state: () => ({
      tlsOnly: options.tlsOnly,
      plain: plain(),
      safe: safe(),
      fingerprint: authority.fingerprint,
      certificateEndsAt: isoTime(certificate.notAfter),
    }),
    onCertificate(listener) {
      listeners.add(listener);
      listener(certificate);
    },
    async listen() {
      await listen(server, options.tlsPort, host);
      cancel = clock.after(LOOK_EVERY_MS, look);
    },
    stop() {
      cancel();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** What the box can have a certificate for: its names, and addresses of the shop's own network. The authority may not sign for public ones. */
function namesOf(hosts: OwnHosts) {
  const isName = (host: string) => !isIPv4(host);
  const isPrivate = (host: string) =>
    /^(?:10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/.test(host);
  return {
    names: hosts.others().filter(isName),
    others: () => hosts.others().filter((host) => isName(host) || isPrivate(host)),
  };
}

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
