// A core on the bench: a flash in memory, a machine that notes what it physically did, a node that notes what it was told.
// cuts.ts takes its power away at every flash step and compares the two.
import { type Boot, bootCore } from '#node/devices/virtual/boot';
import { createMechanism, soundMechanism } from '#node/devices/virtual/mechanism';
import { type NorFlash, norFlash } from '#node/devices/virtual/nor-flash';
import type { DeviceSettings } from '#schema/wire/dispenser';
import { type TrialClock, trialClock } from './clock.ts';
import { type TrialNode, trialCode, trialDispenser, trialNode } from './node.ts';

const startMs = Date.UTC(2026, 0, 5, 9);
const runRecord = 0x22;
const recordSize = 32;
const motorMs = 400;

const settings: DeviceSettings = {
  slots: 2,
  vendsAlone: 'no',
  askWaitMs: 1500,
  armMs: 50,
  motorMaxMs: 2000,
  dropWaitMs: 300,
  lateDropMs: 200,
};

/** What the machine did for one voucher, as someone watching it would have seen. */
export interface Seen {
  turns: number;
  drops: number;
  /** In which lives of the core its motor ran. */
  boots: Set<number>;
  /** Its RUN record reached its last byte. */
  ranOnFlash: boolean;
}

export interface BenchOptions {
  module: WebAssembly.Module;
  image: Uint8Array;
  acknowledges(serial: number): boolean;
  /** Vouchers of slot 1, where nothing ever falls. */
  isHollow(serial: number): boolean;
}

/** Codes cost two HMACs each and are the same in every trial. */
const codes = new Map<string, string>();
const expiresAtMs = startMs + 24 * 3_600_000;

function codeOf(serial: number, slot: number): string {
  const key = `${serial} ${slot}`;
  const code = codes.get(key) ?? trialCode({ serial, slot, expiresAtMs });
  codes.set(key, code);
  return code;
}

export class Bench {
  readonly clock: TrialClock = trialClock(startMs);
  readonly flash: NorFlash;
  readonly node: TrialNode;
  readonly seen = new Map<number, Seen>();
  erases = 0;
  boots = 0;
  private readonly options: BenchOptions;
  private readonly switches = soundMechanism();
  private readonly mechanism;
  private boot: Boot | null = null;
  private serial = 0;
  private readonly running = new Set<number>();
  private onPower = () => {};

  constructor(options: BenchOptions) {
    this.options = options;
    this.flash = this.watched(norFlash(options.image));
    this.node = trialNode({
      clock: this.clock,
      send: (bytes) => this.boot?.enter((core, nowMs) => core.onRx(bytes, nowMs)),
      acknowledges: options.acknowledges,
    });
    this.mechanism = createMechanism({
      clock: this.clock,
      motorMs,
      switches: this.switches,
      sense: (reading) => {
        if (reading.sensor === 'drop') this.of(this.serial).drops += 1;
        this.boot?.enter((core, nowMs) => core.onSensor(reading, nowMs));
      },
    });
  }

  isOn = (): boolean => this.boot !== null;

  of(serial: number): Seen {
    const seen = this.seen.get(serial) ?? { turns: 0, drops: 0, boots: new Set(), ranOnFlash: false };
    this.seen.set(serial, seen);
    return seen;
  }

  powerOn(): void {
    this.boots += 1;
    let survived = true;
    const boot = bootCore({
      module: this.options.module,
      start: {
        identity: {
          dispenser: 7,
          firmware: 1,
          keyEpoch: 0,
          bootId: new Uint8Array(8).fill(this.boots),
          rootKey: trialDispenser.rootKey,
        },
        settings,
      },
      clock: this.clock,
      host: { motor: this.motor, beam: () => {}, beamBlocked: () => false, show: () => {}, flash: this.flash },
      message: (bytes) => this.node.receive(bytes),
      cut: () => {
        survived = false;
        this.powerOff();
      },
    });
    if (!survived) {
      boot.off();
      return;
    }
    this.boot = boot;
    this.onPower();
    boot.enter((core, nowMs) => core.onLink(true, nowMs));
    this.clock.pass(10);
  }

  powerOff(): void {
    this.boot?.off();
    this.boot = null;
    this.running.clear();
    this.mechanism.powerOff();
  }

  /** Holds the code of this serial before the scanner, until whatever follows is over. */
  scan(serial: number): void {
    const isHollow = this.options.isHollow(serial);
    this.serial = serial;
    this.switches.noDrop = isHollow;
    this.boot?.enter((core, nowMs) => core.onScan(codeOf(serial, Number(isHollow)), nowMs));
    this.clock.pass(isHollow ? 2500 : 1100);
    this.boot?.enter((core, nowMs) => core.onSensor({ sensor: 'service', slot: 1, active: true }, nowMs));
  }

  /** The chip starts again in the middle of a pour, its pins as they were. Whether the core had the motor off before it said anything. */
  resetDuring(serial: number, afterMs: number): { motorOff: boolean } {
    this.serial = serial;
    this.boot?.enter((core, nowMs) => core.onScan(codeOf(serial, 0), nowMs));
    this.clock.pass(afterMs);
    const said = this.node.heard.length;
    this.boot?.off();
    this.boot = null;
    let motorOff = false;
    this.onPower = () => {
      motorOff = this.running.size === 0 && this.node.heard.length === said;
    };
    this.powerOn();
    return { motorOff };
  }

  private motor = (slot: number, on: boolean): void => {
    // Power to a motor that has power is no second turn.
    if (on && this.running.has(slot)) return;
    this.mechanism.motor(slot, on);
    if (!on) {
      this.running.delete(slot);
      return;
    }
    this.running.add(slot);
    const seen = this.of(this.serial);
    seen.turns += 1;
    seen.boots.add(this.boots);
  };

  private watched(flash: NorFlash): NorFlash {
    return {
      ...flash,
      program: (offset, bytes) => {
        const before = flash.steps();
        try {
          return flash.program(offset, bytes);
        } finally {
          if (bytes[0] === runRecord && flash.steps() - before === recordSize) this.of(this.serial).ranOnFlash = true;
        }
      },
      erase: (sector) => {
        this.erases += 1;
        return flash.erase(sector);
      },
    };
  }
}
