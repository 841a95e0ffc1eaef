// The virtual dispenser: the real core over a flash file and a simulated machine. To the node it is a driver like any other, that
// talks in message bytes; to the person before it, a scanner, a display and the switches that make it misbehave.
import type { Clock, RandomBytes } from '#schema/values/clock';
import type { DeviceSettings } from '#schema/wire/dispenser';
import type { Driver, DriverEvents, Presence } from '../driver.ts';
import { type Board, openBoard } from './board.ts';
import { type Boot, bootCore, type Entrance } from './boot.ts';
import type { CoreStart, SensorReading, Shown } from './core.ts';
import { type FlashFile, openFlashFile } from './flash-file.ts';
import { createMechanism, type Mechanism, type MechanismSwitches, soundMechanism } from './mechanism.ts';

export interface VirtualDispenserOptions {
  /** What firmware/ports/wasm/build.mjs makes. */
  wasm: Uint8Array | WebAssembly.Module;
  dispenserNumber: number;
  rootKey: Uint8Array;
  flashFile: string;
  clock: Clock;
  random: RandomBytes;
  motorMs: number;
  /** Only for a flash that is new: else the journal knows it. */
  keyEpoch?: number;
  settings?: Partial<DeviceSettings>;
  /** Hears with which boot it begins, and null when its power goes: what connects it goes with it. */
  onPower?: (bootId: Uint8Array | null) => void;
  onShow?: (what: Shown, code: number) => void;
  onTurn?: (slot: number) => void;
}

export interface VirtualDispenser extends Driver {
  /** Holds a code before the scanner. */
  scan(text: string): void;
  /** Someone looked after the slot: neither jammed nor empty any more. */
  service(slot: number): void;
  setEmpty(slot: number, empty: boolean): void;
  /** The cable or the network, with the dispenser still running. */
  setLink(up: boolean): void;
  readonly switches: MechanismSwitches;
  /** What the display says. */
  display(): { what: Shown; code: number };
  isOn(): boolean;
  /** Off at once, or within the flash step after so many more. */
  cutPower(afterFlashSteps?: number): void;
  powerOn(): void;
  /** How often a motor began to turn since the process started. */
  motorTurns(): number;
}

const firmwareVersion = 0x00010000;
const sectors = 16;

const settingsFor = (motorMs: number): DeviceSettings => ({
  slots: 8,
  vendsAlone: 'yes',
  askWaitMs: 1500,
  armMs: 50,
  motorMaxMs: motorMs * 2 + 1000,
  dropWaitMs: 800,
  lateDropMs: 5000,
});

export const createVirtualDispenser = (options: VirtualDispenserOptions): VirtualDispenser => new Machine(options);

class Machine implements VirtualDispenser {
  readonly switches = soundMechanism();
  private readonly options: VirtualDispenserOptions;
  private readonly module: WebAssembly.Module;
  private readonly mechanism: Mechanism;
  private readonly board: Board;
  private file: FlashFile | null = null;
  private boot: Boot | null = null;
  private events: DriverEvents | null = null;
  private linkUp = true;
  private shown: { what: Shown; code: number } = { what: 'ready', code: 0 };

  constructor(options: VirtualDispenserOptions) {
    const { wasm, clock, motorMs } = options;
    this.options = options;
    this.module = wasm instanceof WebAssembly.Module ? wasm : new WebAssembly.Module(new Uint8Array(wasm));
    const sense = (reading: SensorReading) => this.enter((core, nowMs) => core.onSensor(reading, nowMs));
    this.mechanism = createMechanism({ clock, motorMs, switches: this.switches, sense });
    this.board = openBoard({ path: `${options.flashFile}.board`, firmware: firmwareVersion, restart: () => this.restart() });
  }

  async start(events: DriverEvents): Promise<void> {
    this.events = events;
    this.file ??= openFlashFile(this.options.flashFile, sectors);
    this.powerOn();
  }

  async stop(): Promise<void> {
    this.events = null;
    this.powerOff();
    this.file?.close();
    this.file = null;
  }

  send(message: Uint8Array): boolean {
    if (this.boot === null || !this.linkUp) return false;
    this.enter((core, nowMs) => core.onRx(message, nowMs));
    return true;
  }

  scan(text: string): void {
    this.enter((core, nowMs) => core.onScan(text, nowMs));
  }

  service(slot: number): void {
    this.enter((core, nowMs) => core.onSensor({ sensor: 'service', slot, active: true }, nowMs));
  }

  setEmpty(slot: number, empty: boolean): void {
    this.enter((core, nowMs) => core.onSensor({ sensor: 'empty', slot, active: empty }, nowMs));
  }

  setLink(up: boolean): void {
    if (up === this.linkUp) return;
    this.linkUp = up;
    if (this.boot === null) return;
    this.tellPresence(up ? 'present' : 'lost');
    this.enter((core, nowMs) => core.onLink(up, nowMs));
  }

  display(): { what: Shown; code: number } {
    return this.shown;
  }

  isOn(): boolean {
    return this.boot !== null;
  }

  motorTurns(): number {
    return this.mechanism.turns();
  }

  cutPower(afterFlashSteps?: number): void {
    if (afterFlashSteps === undefined) this.powerOff();
    else this.file?.flash.cutAfter(afterFlashSteps);
  }

  powerOn(): void {
    if (this.boot !== null || this.file === null) return;
    const { clock } = this.options;
    let survived = true;
    const start = this.startOf();
    const boot = bootCore({
      module: this.module,
      start,
      clock,
      host: {
        motor: (slot, on) => {
          this.mechanism.motor(slot, on);
          if (on) this.options.onTurn?.(slot);
        },
        beam: () => {},
        beamBlocked: () => this.switches.beamBlocked,
        show: (what, code) => {
          this.shown = { what, code };
          this.options.onShow?.(what, code);
        },
        flash: this.file.flash,
        keepSettings: this.board.keepSettings,
        update: this.board.update,
      },
      message: (bytes) => this.linkUp && this.events?.message(bytes),
      cut: () => {
        survived = false;
        this.powerOff();
      },
    });
    // The power may have gone again while the journal was being settled.
    if (!survived) {
      boot.off();
      return;
    }
    this.boot = boot;
    this.options.onPower?.(start.identity.bootId);
    if (!this.linkUp) return;
    this.tellPresence('present');
    this.enter((core, nowMs) => core.onLink(true, nowMs));
  }

  private startOf(): CoreStart {
    const { dispenserNumber, rootKey, keyEpoch = 0, random, motorMs, settings } = this.options;
    const { firmware, settings: kept, settingsVersion } = this.board.boot();
    return {
      identity: { dispenser: dispenserNumber, firmware, keyEpoch, bootId: random(8), rootKey },
      settings: kept ?? { ...settingsFor(motorMs), ...settings },
      settingsVersion,
    };
  }

  /** Later: the core asks for it from within. */
  private restart(): void {
    this.options.clock.after(0, () => {
      if (this.boot === null) return;
      this.powerOff();
      this.powerOn();
    });
  }

  private powerOff(): void {
    const boot = this.boot;
    this.boot = null;
    this.mechanism.powerOff();
    this.board.powerOff();
    if (boot === null) return;
    boot.off();
    if (this.linkUp) this.tellPresence('lost');
    this.options.onPower?.(null);
  }

  /** Later, like every event: the node may be in the middle of a call into us. */
  private tellPresence(presence: Presence): void {
    this.options.clock.after(0, () => this.events?.presence(presence));
  }

  private enter(entrance: Entrance): void {
    this.boot?.enter(entrance);
  }
}
