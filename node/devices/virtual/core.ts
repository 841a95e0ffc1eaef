// The dispenser's C core in a WebAssembly module: its entrances as functions, its port as the host's.
import { assert } from '#schema/values/assert';
import { type DeviceIdentity, type DeviceSettings, identityLayout, settingsLayout } from '#schema/wire/dispenser';
import { encode } from '#schema/wire/layout';
import type { NorFlash } from './nor-flash.ts';

/** As in firmware/core/platform.h. */
export const sensors = { drop: 0, home: 1, empty: 2, service: 3 } as const;
export const shown = ['ready', 'asking', 'vending', 'refused', 'finished'] as const;

export type Sensor = keyof typeof sensors;
export type Shown = (typeof shown)[number];

/** As in firmware/core/platform.h. */
export const images = { accepted: 0, unsigned: 1, unreadable: 2 } as const;

/** The place for a second firmware. */
export interface UpdateHost {
  begin(size: number): boolean;
  write(offset: number, bytes: Uint8Array): boolean;
  finish(): keyof typeof images;
  restart(): void;
  onTrial(): boolean;
  confirm(): void;
  rollBack(): void;
}

/** None of these may call back into the core. */
export interface CoreHost {
  send(message: Uint8Array): boolean;
  motor(slot: number, on: boolean): void;
  beam(on: boolean): void;
  beamBlocked(): boolean;
  show(what: Shown, code: number): void;
  flash: NorFlash;
  /** Without it the settings stay as they were at the start. */
  keepSettings?(version: number, settings: Uint8Array): boolean;
  /** Without it the device takes no updates. */
  update?: UpdateHost;
}

export interface CoreStart {
  identity: DeviceIdentity;
  settings: DeviceSettings;
  /** Of the settings; 0 where they were never changed. */
  settingsVersion?: number;
}

export interface SensorReading {
  sensor: Sensor;
  slot: number;
  active: boolean;
}

export interface DispenserCore {
  /** False: the journal is damaged. Throws PowerCut, as everything here may. */
  init(start: CoreStart, nowMs: number): boolean;
  onLink(up: boolean, nowMs: number): void;
  onRx(message: Uint8Array, nowMs: number): void;
  onScan(text: string, nowMs: number): void;
  onSensor(reading: SensorReading, nowMs: number): void;
  /** After how many milliseconds it wants to be called again. */
  tick(nowMs: number): number;
}

interface Exports {
  memory: WebAssembly.Memory;
  input(): number;
  init(nowMs: number, sectors: number, settingsVersion: number): number;
  onLink(nowMs: number, up: number): void;
  onRx(nowMs: number, length: number): void;
  onScan(nowMs: number, length: number): void;
  onSensor(nowMs: number, sensor: number, slot: number, active: number): void;
  tick(nowMs: number): number;
}

const inputSize = 256;

/** What the module imports. Memory is looked up at each call: the module does not exist yet when its imports are made. */
function importsOf(host: CoreHost, memory: () => WebAssembly.Memory): WebAssembly.Imports {
  const copy = (at: number, length: number) => new Uint8Array(memory().buffer, at, length).slice();
  return {
    host: {
      send: (at: number, length: number) => Number(host.send(copy(at, length))),
      motor: (slot: number, on: number) => host.motor(slot, on !== 0),
      beam: (on: number) => host.beam(on !== 0),
      beamBlocked: () => Number(host.beamBlocked()),
      show: (what: number, code: number) => host.show(shown[what] ?? 'ready', code),
      flashRead(offset: number, at: number, length: number) {
        new Uint8Array(memory().buffer, at, length).set(host.flash.read(offset, length));
        return 1;
      },
      flashProgram: (offset: number, at: number, length: number) => Number(host.flash.program(offset, copy(at, length))),
      flashErase: (sector: number) => Number(host.flash.erase(sector)),
      keepSettings: (version: number, at: number, length: number) =>
        Number(host.keepSettings?.(version >>> 0, copy(at, length)) ?? false),
      takesUpdates: () => Number(host.update !== undefined),
      updateBegin: (size: number) => Number(host.update?.begin(size >>> 0) ?? false),
      updateWrite: (offset: number, at: number, length: number) =>
        Number(host.update?.write(offset >>> 0, copy(at, length)) ?? false),
      updateFinish: () => images[host.update?.finish() ?? 'unreadable'],
      updateRestart: () => host.update?.restart(),
      updateOnTrial: () => Number(host.update?.onTrial() ?? false),
      updateConfirm: () => host.update?.confirm(),
      updateRollBack: () => host.update?.rollBack(),
    },
  };
}

export function loadCore(module: WebAssembly.Module, host: CoreHost): DispenserCore {
  const instance: WebAssembly.Instance = new WebAssembly.Instance(
    module,
    importsOf(host, () => core.memory),
  );
  const core = instance.exports as unknown as Exports;
  const place = (...parts: Uint8Array[]) => {
    const bytes = Buffer.concat(parts);
    assert(bytes.length <= inputSize, `${bytes.length} bytes are more than the core takes at once`);
    new Uint8Array(core.memory.buffer, core.input(), bytes.length).set(bytes);
    return bytes.length;
  };
  return {
    init({ identity, settings, settingsVersion = 0 }, nowMs) {
      place(encode(identityLayout, identity), encode(settingsLayout, settings));
      return core.init(nowMs, host.flash.sectors, settingsVersion) !== 0;
    },
    onLink: (up, nowMs) => core.onLink(nowMs, Number(up)),
    onRx: (message, nowMs) => core.onRx(nowMs, place(message)),
    onScan: (text, nowMs) => core.onScan(nowMs, place(Buffer.from(text.slice(0, inputSize), 'latin1'))),
    onSensor: ({ sensor, slot, active }, nowMs) => core.onSensor(nowMs, sensors[sensor], slot, Number(active)),
    tick: (nowMs) => core.tick(nowMs) >>> 0,
  };
}
