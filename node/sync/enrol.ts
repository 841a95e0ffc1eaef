// Enrolment: a one-time code makes this node the store's. Saying it twice, after a lost answer, is the same as once.

import { client } from '#schema/client';
import { enrolText, signText } from '#schema/facts/chain';
import { syncContract } from '#schema/wire/sync';
import type { Identity } from './identity.ts';

export interface EnrolInput {
  serverUrl: string;
  code: string;
  name: string;
  /** This machine takes over what an earlier one of the store wrote. */
  recover?: boolean;
  fetch: typeof fetch;
}

export async function enrol(identity: Identity, { serverUrl, code, name, recover = false, fetch }: EnrolInput) {
  const { nodeId, keys, boxPublicKey } = identity;
  const proof = signText(enrolText({ code, nodeId, name, publicKey: keys.publicKey, boxKey: boxPublicKey }), keys);
  const answer = await client(syncContract, { baseUrl: serverUrl, fetch }).enrol({
    body: { code, nodeId, name, publicKey: keys.publicKey, boxKey: boxPublicKey, recover, proof },
  });
  identity.enrol({ storeId: answer.storeId, serverUrl, centrePublicKey: answer.centrePublicKey });
  return answer;
}
