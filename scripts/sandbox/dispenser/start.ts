// Starts a played dispenser as a program of its own: the built core, real time, and the line or broker that it was told.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytes, systemClock } from '#node/base/clock';
import { packageRoot } from '#node/base/package-root';
import type { DeviceSettings } from '#schema/wire/dispenser';
import { serialCableAt } from './at-path.ts';
import { mqttCable } from './by-mqtt.ts';
import { type PlayedDispenser, playDispenser } from './dispenser.ts';

export type Place =
  | { kind: 'serial'; path: string; baudRate: number }
  | { kind: 'mqtt'; url: string; store: string; ca?: string };

export interface StartParts {
  place: Place;
  number: number;
  rootKey: Uint8Array;
  keyEpoch: number;
  flashFile: string;
  motorMs: number;
  settings: Partial<DeviceSettings>;
  onLink(up: boolean): void;
  onShow(display: { what: string; code: number }): void;
}

export const builtCore = (): WebAssembly.Module =>
  new WebAssembly.Module(readFileSync(join(packageRoot(), 'dist/firmware/dispenser.wasm')));

export function startDispenser({ place, number, onShow, ...parts }: StartParts): Promise<PlayedDispenser> {
  const { rootKey } = parts;
  return playDispenser({
    ...parts,
    dispenserNumber: number,
    clock: systemClock,
    random: randomBytes,
    module: builtCore(),
    onShow: (what, code) => onShow({ what, code }),
    connect: (more) =>
      place.kind === 'serial'
        ? serialCableAt({ ...more, ...place })
        : mqttCable({ ...more, ...place, rootKey, device: { family: 'sd', store: place.store, name: String(number) } }),
  });
}
