// Who this node is: its keys, made on its first start, and whose node it is once enrolled. The private keys never leave this machine.
import { generateKeyPairSync } from 'node:crypto';
import { type KeyPair, keyPairFromSeed } from '#schema/facts/chain';
import { present } from '#schema/values/assert';
import type { RandomBytes } from '#schema/values/clock';
import type { MakeId } from '#schema/values/id';
import type { Result } from '#schema/values/result';
import { openBox } from '#schema/wire/sealed-box';
import { rowOf, type Sqlite, writer } from '../base/sqlite.ts';

export interface Enrolled {
  nodeId: string;
  storeId: string;
  serverUrl: string;
  centrePublicKey: string;
}

export interface Identity {
  nodeId: string;
  keys: KeyPair;
  boxPublicKey: string;
  /** What the centre sealed for this machine alone, for that purpose. */
  openBox(box: string, context: string): Result<string, 'not-for-us'>;
  /** Undefined until the node has enrolled. */
  enrolled(): Enrolled | undefined;
  enrol(enrolment: Omit<Enrolled, 'nodeId'>): void;
  clockOffset(): number;
  setClockOffset(offsetMs: number): void;
}

interface IdentityRow {
  nodeId: string;
  publicKey: string;
  privateKey: string;
  boxPublicKey: string;
  boxPrivateKey: string;
  storeId: string | null;
  serverUrl: string | null;
  centrePublicKey: string | null;
  clockOffset: number;
}

export function openIdentity(sqlite: Sqlite, makeId: MakeId, random: RandomBytes): Identity {
  const read = rowOf<IdentityRow>(
    sqlite,
    `SELECT node_id AS nodeId, public_key AS publicKey, private_key AS privateKey, box_public_key AS boxPublicKey,
       box_private_key AS boxPrivateKey, store_id AS storeId, server_url AS serverUrl, centre_public_key AS centrePublicKey, clock_offset AS clockOffset FROM identity WHERE only = 1`,
  );
  const writeEnrolment = writer(sqlite, 'UPDATE identity SET store_id = ?, server_url = ?, centre_public_key = ? WHERE only = 1');
  const writeOffset = writer(sqlite, 'UPDATE identity SET clock_offset = ? WHERE only = 1');
  if (!read()) makeIdentity(sqlite, makeId, random);
  let row = present(read(), 'the identity was just made');
  return {
    nodeId: row.nodeId,
    keys: { publicKey: row.publicKey, privateKey: row.privateKey },
    boxPublicKey: row.boxPublicKey,
    openBox: (box, context) => openBox(box, { publicKey: row.boxPublicKey, privateKey: row.boxPrivateKey }, context),
    enrolled() {
      const { nodeId, storeId, serverUrl, centrePublicKey } = row;
      return storeId && serverUrl && centrePublicKey ? { nodeId, storeId, serverUrl, centrePublicKey } : undefined;
    },
    enrol({ storeId, serverUrl, centrePublicKey }) {
      writeEnrolment(storeId, serverUrl, centrePublicKey);
      row = present(read(), 'the identity is there');
    },
    clockOffset: () => row.clockOffset,
    setClockOffset(offsetMs) {
      writeOffset(offsetMs);
      row = { ...row, clockOffset: offsetMs };
    },
  };
}

function makeIdentity(sqlite: Sqlite, makeId: MakeId, random: RandomBytes): void {
  const keys = keyPairFromSeed(random(32));
  const box = generateKeyPairSync('x25519').privateKey.export({ format: 'jwk' });
  writer(
    sqlite,
    `INSERT INTO identity (only, node_id, public_key, private_key, box_public_key, box_private_key, clock_offset)
     VALUES (1, ?, ?, ?, ?, ?, 0)`,
  )(makeId(), keys.publicKey, keys.privateKey, box.x, box.d);
}
