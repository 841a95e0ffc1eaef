// One life of the virtual dispenser's core, from power on to power off: its entrances one at a time, its timer, its messages out.
import type { Clock } from '#schema/values/clock';
import { type CoreHost, type CoreStart, type DispenserCore, loadCore } from './core.ts';
import { PowerCut } from './nor-flash.ts';

export type Entrance = (core: DispenserCore, nowMs: number) => void;

export interface Boot {
  enter(entrance: Entrance): void;
  /** Nothing of this life happens any more; messages that were on their way are lost. */
  off(): void;
}

export interface BootOptions {
  module: WebAssembly.Module;
  start: CoreStart;
  clock: Clock;
  host: Omit<CoreHost, 'send'>;
  message(bytes: Uint8Array): void;
  /** The power went within a flash step. */
  cut(): void;
}

export function bootCore({ module, start, clock, host, message, cut }: BootOptions): Boot {
  const bootedAt = clock.now();
  const uptimeMs = () => (clock.now() - bootedAt) >>> 0;
  let isOn = true;
  let entering = false;
  let waiting: Entrance[] = [];
  let outbox: Uint8Array[] = [];
  let cancelTick = () => {};
  let cancelDelivery: (() => void) | null = null;

  /** A real device answers later, never from within the call that asked: messages leave on the clock's next turn. */
  function send(bytes: Uint8Array): boolean {
    outbox.push(bytes);
    cancelDelivery ??= clock.after(0, () => {
      cancelDelivery = null;
      const messages = outbox;
      outbox = [];
      for (const sent of messages) message(sent);
    });
    return true;
  }

  const core = loadCore(module, { ...host, send });

  function drain(): void {
    for (let next = waiting.shift(); next && isOn; next = waiting.shift()) {
      next(core, uptimeMs());
      cancelTick();
      cancelTick = clock.after(core.tick(uptimeMs()), () => boot.enter(() => {}));
    }
  }

  const boot: Boot = {
    /** The core is not made to be called from within itself: what comes meanwhile waits. */
    enter(entrance) {
      if (!isOn) return;
      waiting.push(entrance);
      if (entering) return;
      entering = true;
      try {
        drain();
      } catch (error) {
        if (!(error instanceof PowerCut)) throw error;
        cut();
      } finally {
        entering = false;
      }
    },
    off() {
      isOn = false;
      waiting = [];
      outbox = [];
      cancelTick();
      cancelDelivery?.();
    },
  };
  boot.enter((booting, nowMs) => booting.init(start, nowMs));
  return boot;
}
