// A store box in the shop's network: it answers to its own names alone, over plain HTTP and over TLS that a device can learn to trust.
import { X509Certificate } from 'node:crypto';
import { request as plainRequest } from 'node:http';
import { request as safeRequest } from 'node:https';
import { networkInterfaces } from 'node:os';
import type { TLSSocket } from 'node:tls';
import { AsnConvert } from '@peculiar/asn1-schema';
import { Certificate, id_ce_basicConstraints, id_ce_keyUsage } from '@peculiar/asn1-x509';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handClock } from '#schema/values/test-clock';
import { startTestNode, type TestNode } from '../test-node.ts';
import { bytesOf, makeAuthority, makeServerCertificate } from './certificate.ts';

interface Answer {
  status: number | undefined;
  body: Buffer;
  headers: Record<string, string | string[] | undefined>;
  certificate: X509Certificate | undefined;
}

interface Asked {
  tls?: boolean;
  host?: string;
  headers?: Record<string, string>;
  method?: string;
  /** What the device trusts. */
  ca?: string;
}

const ownAddress = Object.values(networkInterfaces())
  .flatMap((found) => found ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
if (ownAddress === undefined) console.warn('Skipping one test of the LAN: this machine has no address in a network.');

const machine = { names: ['kasir', 'kasir.local'], addresses: ['192.168.7.20'] };
let hostsNow = machine;

describe('a store box with its LAN enabled', () => {
  let node: TestNode;
  let ca: string;
  // Devices hold certificates against their own clocks, so the box begins at the true time.
  const hand = handClock(Date.now());
  let jumpedMs = 0;
  const clock = { now: () => hand.now() + jumpedMs, after: hand.after };
  beforeAll(async () => {
    const lan = { names: ['toko.example'], tlsPort: 0, tlsOnly: false };
    node = await startTestNode({ lan, clock, host: '127.0.0.1', readHosts: () => hostsNow });
    ca = pemOf((await ask('/trust/lapak-ca.crt')).body);
  });
  afterAll(() => node.remove());

  const portOf = (kind: 'plain' | 'safe') => new URL(node.lan?.[kind][0] ?? '').port;

  /** As a device asks that found this machine under a name. */
  function ask(path: string, { tls = false, host = 'kasir', headers = {}, method = 'GET', ca: trusted }: Asked = {}) {
    const port = portOf(tls ? 'safe' : 'plain');
    const request = tls ? safeRequest : plainRequest;
    return new Promise<Answer>((resolve, reject) => {
      const options = { host: '127.0.0.1', port, path, method, agent: false, headers: { host: `${host}:${port}`, ...headers } };
      request({ ...options, ...(tls && { ca: trusted, servername: host }) }, async (answer) => {
        const body = Buffer.concat(await answer.toArray());
        const peer = tls ? (answer.socket as TLSSocket).getPeerX509Certificate() : undefined;
        resolve({ status: answer.statusCode, body, headers: answer.headers, certificate: peer });
      })
        .once('error', reject)
        .end();
    });
  }

  it.each(['kasir', 'KASIR.local', '192.168.7.20', 'toko.example', 'localhost', '127.0.0.1'])(
    '[SYN-10] it answers to its name %s',
    async (host) => {
      expect((await ask('/healthz', { host })).status).toBe(200);
    },
  );

  it.each(['evil.example', 'kasir.evil.example', '192.168.7.21', 'toko.example.evil.example', ''])(
    '[IAM-09] under the name “%s” nothing answers, on any route',
    async (host) => {
      for (const path of ['/', '/healthz', '/trust', '/api/v1/till', '/nothing-here']) {
        const answer = await ask(path, { host });
        expect([answer.status, JSON.parse(answer.body.toString()).code], path).toEqual([403, 'unknown-host']);
      }
    },
  );

  it.each(['https://evil.example', 'null', 'http://kasir', 'http://kasir:1'])(
    '[IAM-09] a page from %s cannot call it, whatever it asks',
    async (origin) => {
      for (const [method, path] of [
        ['POST', '/api/v1/tills/pair'],
        ['POST', '/api/v1/sales'],
        ['GET', '/api/v1/catalogue/products'],
      ] as const) {
        const answer = await ask(path, { method, headers: { origin } });
        expect([answer.status, JSON.parse(answer.body.toString()).code]).toEqual([403, 'other-origin']);
      }
    },
  );

  it('[SYN-10] a device that trusts its authority reaches it by TLS under each of its names, and no other device does', async () => {
    for (const host of ['kasir', 'kasir.local', 'toko.example'])
      expect((await ask('/healthz', { tls: true, host, ca })).status, host).toBe(200);
    await expect(ask('/healthz', { tls: true })).rejects.toMatchObject({ code: expect.stringContaining('CERT') });
    await expect(ask('/healthz', { tls: true, host: 'other.local', ca })).rejects.toMatchObject({
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
    const { certificate } = await ask('/healthz', { tls: true, ca });
    expect(certificate?.subjectAltName).toContain('IP Address:192.168.7.20');
  });

  it('[SYN-10] the page that tells how to trust it comes over plain HTTP in three languages, with the certificate and its fingerprint', async () => {
    const { fingerprint } = node.lan ?? { fingerprint: '' };
    expect(new X509Certificate(ca).fingerprint256).toBe(fingerprint);
    const pages = await Promise.all(['id', 'en', 'sv'].map((lang) => ask(`/trust?lang=${lang}`)));
    for (const { body } of pages) {
      expect(body.toString()).toContain(fingerprint);
      expect(body.toString()).toContain(`https://kasir:${portOf('safe')}/`);
      for (const system of ['Android', 'iPhone', 'Windows', 'Mac', 'Firefox']) expect(body.toString()).toContain(system);
    }
    expect(new Set(pages.map(({ body }) => /<h1>(.*?)<\/h1>/.exec(body.toString())?.[1])).size).toBe(3);
    const spoken = await ask('/trust', { headers: { 'accept-language': 'de, sv;q=0.8' } });
    expect(spoken.body.toString()).toContain('<html lang="sv">');
    expect(spoken.headers['content-type']).toContain('text/html');
  });

  it('[SYN-10] another address of the router is answered and certified within a minute, by the same authority', async () => {
    hostsNow = { ...machine, addresses: ['192.168.7.99'] };
    await hand.pass(60_000);
    expect((await ask('/healthz', { host: '192.168.7.99' })).status).toBe(200);
    expect((await ask('/healthz', { host: '192.168.7.20' })).status).toBe(403);
    const { certificate } = await ask('/healthz', { tls: true, ca });
    expect(certificate?.subjectAltName).toContain('192.168.7.99');
    hostsNow = machine;
  });

  it('[SYN-10] its certificate is made anew a month before it ends, and no till notices', async () => {
    const first = (await ask('/healthz', { tls: true, ca })).certificate;
    jumpedMs = 151 * 86_400_000;
    await hand.pass(60_000);
    const second = await new Promise<X509Certificate | undefined>((resolve, reject) => {
      const options = { host: '127.0.0.1', port: portOf('safe'), path: '/healthz', agent: false, rejectUnauthorized: false };
      safeRequest({ ...options, headers: { host: 'kasir' }, servername: 'kasir' }, (answer) => {
        resolve((answer.socket as TLSSocket).getPeerX509Certificate());
        answer.resume();
      })
        .once('error', reject)
        .end();
    });
    expect(second?.serialNumber).not.toBe(first?.serialNumber);
    expect(second?.checkIssued(new X509Certificate(ca))).toBe(true);
    expect(Date.parse(second?.validTo ?? '')).toBeGreaterThan(clock.now() + 170 * 86_400_000);
  });

  it('[SYN-10] the authority outlives a restart, and is made anew only for a name that it may not sign for', async () => {
    const fingerprints: (string | undefined)[] = [node.lan?.fingerprint];
    for (const names of [['toko.example'], ['kedai.internal'], ['lain.example']]) {
      await node.stop();
      node = await startTestNode({
        dataFolder: node.dataFolder,
        lan: { names, tlsPort: 0, tlsOnly: false },
        readHosts: () => machine,
      });
      fingerprints.push(node.lan?.fingerprint);
    }
    const [first, second, third, fourth] = fingerprints;
    expect([second, third]).toEqual([first, first]);
    expect(fourth).not.toBe(first);
  });
});

describe('what a store box signs for', () => {
  const parts = { now: Date.now(), random: (length: number) => new Uint8Array(length).fill(7) };

  it('[IAM-09] a stolen authority makes no certificate of a public site that a device believes', async () => {
    const authority = makeAuthority('Warung Sari', ['kasir'], parts);
    const { createServer } = await import('node:https');
    const reach = async (name: string) => {
      const server = createServer(makeServerCertificate(authority, [name], parts), (_, answer) => answer.end('hello'));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as { port: number };
      return new Promise<number | undefined>((resolve, reject) => {
        const options = {
          host: '127.0.0.1',
          port,
          servername: name,
          headers: { host: name },
          ca: authority.certificate,
          agent: false,
        };
        safeRequest(options, (answer) => resolve(answer.resume().statusCode))
          .once('error', reject)
          .end();
      }).finally(() => server.close());
    };
    expect(await reach('kasir')).toBe(200);
    expect(await reach('till.lan')).toBe(200);
    await expect(reach('bank.example')).rejects.toThrow('permitted subtree violation');
  });

  it('[IAM-09] [DSP-07] can be read by a board: nothing is critical in it but what every reader of certificates knows, and it fits', () => {
    const authority = makeAuthority('Warung Sari', ['kasir', 'kantor.warung-sari.example'], parts);
    const { cert } = makeServerCertificate(authority, ['192.168.1.10'], parts);
    const chain = cert.split(/(?<=-----END CERTIFICATE-----\n)/);
    expect(chain).toHaveLength(2);
    for (const pem of chain) {
      const bytes = bytesOf(pem);
      const { extensions = [] } = AsnConvert.parse(new Uint8Array(bytes), Certificate).tbsCertificate;
      const critical = extensions.filter((extension) => extension.critical).map(({ extnID }) => extnID);
      expect(critical.toSorted()).toEqual([id_ce_basicConstraints, id_ce_keyUsage].toSorted());
      expect(bytes.length).toBeLessThan(2_048);
    }
  });
});

describe('who reaches a store box', () => {
  it('[IAM-09] its own machine alone until the LAN is enabled', async () => {
    await expect(startTestNode({ host: '0.0.0.0' })).rejects.toMatchObject({
      name: 'LanDisabled',
      message: expect.stringContaining('LAN'),
    });
    const node = await startTestNode({ readHosts: () => machine });
    const named = await new Promise<number | undefined>((resolve, reject) =>
      plainRequest(`${node.url}/healthz`, { headers: { host: 'kasir' } }, (answer) => resolve(answer.resume().statusCode))
        .once('error', reject)
        .end(),
    );
    expect(named).toBe(403);
    expect((await fetch(`${node.url}/trust`)).status).toBe(404);
    expect(node.lan).toBeNull();
    await node.remove();
  });

  it('[IAM-09] where it wants TLS alone, its own machine sells without it all the same', async () => {
    const node = await startTestNode({ lan: { names: [], tlsPort: 0, tlsOnly: true }, readHosts: () => machine });
    expect((await node.till.session({})).till.code).toBe('T1');
    expect(node.lan?.tlsOnly).toBe(true);
    await node.remove();
  });

  it.skipIf(ownAddress === undefined)(
    '[IAM-09] and other machines get the page about trust, and nothing else without TLS',
    async () => {
      const node = await startTestNode({ lan: { names: [], tlsPort: 0, tlsOnly: true } });
      const url = node.url.replace('127.0.0.1', ownAddress as string);
      const headers = { authorization: `Bearer ${node.token}` };
      const answer = await fetch(`${url}/api/v1/till`, { headers });
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([403, 'tls-needed']);
      const page = await fetch(url, { headers: { accept: 'text/html' }, redirect: 'manual' });
      expect([page.status, page.headers.get('location')]).toEqual([302, '/trust']);
      for (const path of ['/trust', '/trust/lapak-ca.crt']) expect((await fetch(`${url}${path}`)).status).toBe(200);
      await node.remove();
    },
  );
});

const pemOf = (bytes: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${bytes.toString('base64').replace(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
