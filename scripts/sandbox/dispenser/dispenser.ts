// A dispenser, played: the C core with its flash and its machine, at the end of a serial line or a broker. What may go wrong with it is
// switched while it runs.
import { createVirtualDispenser, type VirtualDispenser, type VirtualDispenserOptions } from '#node/devices/virtual/dispenser';
import type { Clock, RandomBytes } from '#schema/values/clock';
import type { Cable, CableEnd, Chance } from './cable.ts';

export interface PlayedDispenser {
  machine: VirtualDispenser;
  /** Whether its node has been reached and it has not gone since. */
  isLinked(): boolean;
  /** The cable or the network, with the dispenser still running. */
  setPlugged(plugged: boolean): void;
  setNoise(share: number): void;
  stop(): Promise<void>;
}

export interface PlayParts extends Omit<VirtualDispenserOptions, 'wasm' | 'onPower'> {
  module: WebAssembly.Module;
  onLink?: (up: boolean) => void;
  connect(parts: { end: CableEnd; clock: Clock; random: RandomBytes; chance: Chance; module: WebAssembly.Module }): Cable;
}

export async function playDispenser({ connect, module, onLink, ...parts }: PlayParts): Promise<PlayedDispenser> {
  const { clock, random } = parts;
  const chance: Chance = (share) => (random(1)[0] ?? 0) / 256 < share;
  const machine = createVirtualDispenser({ ...parts, wasm: module, onPower: (bootId) => cable.power(bootId) });
  let linked = false;
  const end: CableEnd = {
    send: (message) => machine.send(message),
    setLink(up) {
      machine.setLink(up);
      if (up === linked) return;
      linked = up;
      onLink?.(up);
    },
  };
  const cable = connect({ end, clock, random, chance, module });
  machine.setLink(false);
  await machine.start({ message: cable.send, presence: () => {} });
  return {
    machine,
    isLinked: () => linked,
    setPlugged: cable.setPlugged,
    setNoise: cable.setNoise,
    async stop() {
      await machine.stop();
      await cable.stop();
    },
  };
}
