// The root keys of devices on their way to their store's node: sealed to the node's own key and signed by the centre, beside the shapes.
import Type, { type Static } from 'typebox';
import { canonical } from '../values/canonical.ts';
import { contract } from './contract.ts';
import { Id, Positive } from './parts.ts';

const DeviceKeys = Type.Array(
  Type.Object({
    deviceId: Id,
    /** The higher one is the newer. */
    number: Positive,
    /** Hex. */
    rootKey: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  }),
);

/** What is in the box, as JSON. */
export const DeviceKeyBox = Type.Object({ keys: DeviceKeys });

export type DeviceKeyBox = Static<typeof DeviceKeyBox>;

export interface BoxOwner {
  storeId: string;
  nodeId: string;
}

export const deviceKeysContext = ({ storeId, nodeId }: BoxOwner): string =>
  canonical({ storeId, nodeId, purpose: 'lapak-device-keys' });

/** What the centre signs: anybody can seal to a node's public key, and a made-up root key would open a dispenser. */
export const deviceKeysText = (box: string, owner: BoxOwner): string => `${deviceKeysContext(owner)}\n${box}`;

export const deviceSyncContract = contract({
  keys: {
    method: 'GET',
    path: '/sync/device-keys',
    access: 'node',
    summary: 'The root keys of the node’s own store, sealed to its key and signed by the centre.',
    output: Type.Object({ box: Type.String(), signature: Type.String() }),
  },
});
