// The machine around the virtual dispenser's core: a motor that turns, a home switch, something that falls through a beam. Or does not.
import type { Clock } from '#schema/values/clock';
import type { SensorReading } from './core.ts';

/** What may go wrong with the machine, to be switched while it runs. */
export interface MechanismSwitches {
  /** The motor never comes home. */
  jam: boolean;
  /** The motor turns and nothing falls. */
  noDrop: boolean;
  doubleDrop: boolean;
  /** It falls so long after the turn. */
  lateDropMs: number;
  beamBlocked: boolean;
}

export const soundMechanism = (): MechanismSwitches => ({
  jam: false,
  noDrop: false,
  doubleDrop: false,
  lateDropMs: 0,
  beamBlocked: false,
});

export interface Mechanism {
  motor(slot: number, on: boolean): void;
  /** Turns begun since it was made. */
  turns(): number;
  powerOff(): void;
}

interface Happening {
  /** Of the turn, where it happens. */
  part: number;
  sensor: 'drop' | 'home';
}

/** Where in a turn the goods fall, and a second one after it. */
const dropAt = 0.6;
const secondDropAt = 0.8;

export function createMechanism(options: {
  clock: Clock;
  motorMs: number;
  switches: MechanismSwitches;
  sense(reading: SensorReading): void;
}): Mechanism {
  const { clock, motorMs, switches, sense } = options;
  const turning = new Map<number, () => void>();
  const falling = new Set<() => void>();
  let turns = 0;

  const stop = (slot: number) => {
    turning.get(slot)?.();
    turning.delete(slot);
  };

  function fallLate(slot: number): void {
    // What has come loose falls whether the motor still turns or not.
    const cancel = clock.after(motorMs + switches.lateDropMs, () => {
      falling.delete(cancel);
      sense({ sensor: 'drop', slot, active: true });
    });
    falling.add(cancel);
  }

  /**
   * What a turn brings about, one thing after the other: a process that was kept waiting runs late timers in the order of their lengths, and
   * goods that fell after the turn was home would be goods that never fell.
   */
  function follow(slot: number, happenings: readonly Happening[], from: number): void {
    const [next, ...rest] = happenings;
    if (!next) return;
    const moment = Math.round(motorMs * next.part);
    const cancel = clock.after(moment - from, () => {
      follow(slot, rest, moment);
      sense({ sensor: next.sensor, slot, active: true });
    });
    turning.set(slot, cancel);
  }

  function turn(slot: number): void {
    turns += 1;
    const drops = !switches.noDrop && switches.lateDropMs === 0 && !switches.jam;
    if (switches.lateDropMs > 0) fallLate(slot);
    const happenings: Happening[] = [
      ...(drops ? [{ part: dropAt, sensor: 'drop' as const }] : []),
      ...(drops && switches.doubleDrop ? [{ part: secondDropAt, sensor: 'drop' as const }] : []),
      ...(switches.jam ? [] : [{ part: 1, sensor: 'home' as const }]),
    ];
    follow(slot, happenings, 0);
  }

  return {
    motor(slot, on) {
      stop(slot);
      if (on) turn(slot);
    },
    turns: () => turns,
    powerOff() {
      for (const slot of [...turning.keys()]) stop(slot);
      for (const cancel of falling) cancel();
      falling.clear();
    },
  };
}
