// A store's node as tests and benches play it: real keys, a real chain, signed runs over HTTP; only its goods are made up.
import { generateKeyPairSync } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import { chainHash, enrolText, factText, GENESIS, type KeyPair, keyPairFromSeed, runText, signText } from '#schema/facts/chain';
import type { Clock, RandomBytes } from '#schema/values/clock';
import { idMaker, type MakeId } from '#schema/values/id';
import type { BoxKeys } from '#schema/wire/sealed-box';
import type { FactRun } from '#schema/wire/sync';

export interface NewFact {
  kind: string;
  body: unknown;
  version?: number;
  id?: string;
  staff?: string | null;
  occurredAt?: number;
}

export interface WrittenFact {
  generation: number;
  seq: number;
  id: string;
  hash: string;
  text: string;
}

export interface FakeNode {
  nodeId: string;
  keys: KeyPair;
  /** With which it opens what is sealed for it. */
  boxKeys: BoxKeys;
  makeId: MakeId;
  storeId: string;
  facts: WrittenFact[];
  /** Sends the code with proof of the key, and keeps what comes back. */
  enrol(code: string): Promise<Response>;
  token(claims?: { iat?: number; exp?: number; aud?: string }): Promise<string>;
  /** Writes facts into the chain; nothing is sent. */
  append(...facts: NewFact[]): WrittenFact[];
  /** The run from a position to the end of the chain, signed. */
  run(from?: number, to?: number): FactRun;
  send(run: FactRun): Promise<Response>;
  /** Sends what was appended and not sent yet, and fails unless it is acknowledged. */
  push(): Promise<void>;
}

export interface FakeNodeOptions {
  url: string;
  clock: Clock;
  random: RandomBytes;
}

export function fakeNode({ url, clock, random }: FakeNodeOptions): FakeNode {
  const makeId = idMaker(clock, random);
  const keys = keyPairFromSeed(random(32));
  const box = generateKeyPairSync('x25519').privateKey.export({ format: 'jwk' });
  const boxKeys = { publicKey: box.x as string, privateKey: box.d as string };
  let sent = 0;

  const node: FakeNode = {
    nodeId: makeId(),
    keys,
    boxKeys,
    makeId,
    storeId: '',
    facts: [],
    async enrol(code) {
      const claim = { code, nodeId: node.nodeId, name: 'Till room', publicKey: keys.publicKey, boxKey: boxKeys.publicKey };
      const answer = await post(`${url}/sync/enrol`, { ...claim, proof: signText(enrolText(claim), keys) });
      if (answer.ok) node.storeId = ((await answer.clone().json()) as { storeId: string }).storeId;
      return answer;
    },
    async token(claims = {}) {
      const iat = claims.iat ?? Math.floor(clock.now() / 1_000);
      const key = await importJWK({ kty: 'OKP', crv: 'Ed25519', x: keys.publicKey, d: keys.privateKey }, 'EdDSA');
      return new SignJWT()
        .setProtectedHeader({ alg: 'EdDSA' })
        .setIssuer(node.nodeId)
        .setAudience(claims.aud ?? 'lapak-centre')
        .setIssuedAt(iat)
        .setExpirationTime(claims.exp ?? iat + 60)
        .sign(key);
    },
    append(...facts) {
      return facts.map(({ kind, body, version = 1, id = makeId(), staff = null, occurredAt = clock.now() }) => {
        const place = { generation: 1, seq: node.facts.length + 1 };
        const text = factText({ ...place, id, kind, version, occurredAt, staff, body });
        const written = { ...place, id, text, hash: chainHash(node.facts.at(-1)?.hash ?? GENESIS, text) };
        node.facts.push(written);
        return written;
      });
    },
    run(from = 1, to = node.facts.length) {
      const { nodeId, storeId } = node;
      const facts = node.facts.slice(from - 1, to);
      const prev = node.facts[from - 2]?.hash ?? GENESIS;
      const hash = facts.at(-1)?.hash ?? prev;
      const signature = signText(runText({ storeId, nodeId, generation: 1, from, seq: to, hash }), keys);
      return { nodeId, generation: 1, from, prev, facts: facts.map(({ text }) => text), signature };
    },
    send: async (run) => post(`${url}/sync/facts`, run, await node.token()),
    async push() {
      while (sent < node.facts.length) {
        const to = Math.min(node.facts.length, sent + 1_000);
        const answer = await node.send(node.run(sent + 1, to));
        if (!answer.ok) throw new Error(`the centre answered ${answer.status}: ${await answer.text()}`);
        sent = to;
      }
    },
  };
  return node;
}

export function post(url: string, body: unknown, token?: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }), ...headers },
    body: JSON.stringify(body),
  });
}
