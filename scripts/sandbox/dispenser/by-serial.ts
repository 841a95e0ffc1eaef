// A dispenser at a serial line: the link of the C core, its bytes paced as on a wire, and noise on request.
import { type CoreLink, openCoreLink } from '#node/devices/virtual/core-link';
import type { Clock, RandomBytes } from '#schema/values/clock';
import type { Cable, CableEnd, Chance } from './cable.ts';

/** With its start and stop bits. */
const BITS_PER_BYTE = 10;

/** The other end of a line that is open already: what it writes comes in by `hear`. */
export interface WireEnd {
  write(bytes: Uint8Array): void;
}

export interface SerialCableParts {
  module: WebAssembly.Module;
  end: CableEnd;
  wire: WireEnd;
  baudRate: number;
  clock: Clock;
  random: RandomBytes;
  chance: Chance;
}

export interface SerialCable extends Cable {
  hear(bytes: Uint8Array): void;
}

export function serialCable({ module, end, wire, baudRate, clock, random, chance }: SerialCableParts): SerialCable {
  let link: CoreLink | null = null;
  let bootedAt = 0;
  let plugged = true;
  let noise = 0;
  let cancelTick = () => {};
  const uptimeMs = () => (clock.now() - bootedAt) >>> 0;
  const out = paced({ clock, baudRate, deliver: (bytes) => plugged && wire.write(suffer(bytes)) });
  const into = paced({
    clock,
    baudRate,
    deliver(bytes) {
      if (!plugged) return;
      link?.bytes(suffer(bytes), uptimeMs());
      tick();
    },
  });

  function suffer(bytes: Uint8Array): Uint8Array {
    if (noise === 0 || !chance(noise)) return bytes;
    const [where = 0, what = 0] = random(2);
    const at = where % bytes.length;
    return what & 1 ? bytes.filter((_, index) => index !== at) : bytes.map((byte, index) => (index === at ? byte ^ what : byte));
  }

  function tick(): void {
    cancelTick();
    if (link) cancelTick = clock.after(Math.max(1, link.tick(uptimeMs())), tick);
  }

  return {
    hear: into,
    power(bootId) {
      end.setLink(false);
      link = null;
      cancelTick();
      if (bootId === null) return;
      bootedAt = clock.now();
      const host = Object.fromEntries(WebAssembly.Module.imports(module).map(({ name }) => [name, () => 0]));
      const port = { write: out, message: (bytes: Uint8Array) => void end.send(bytes), up: end.setLink };
      const epoch = ((bootId[0] ?? 0) << 8) | (bootId[1] ?? 0);
      link = openCoreLink(new WebAssembly.Instance(module, { host }).exports, port, { epoch, nowMs: uptimeMs() });
      tick();
    },
    send(message) {
      link?.send(message, uptimeMs());
      tick();
    },
    setPlugged(now) {
      plugged = now;
    },
    setNoise(share) {
      noise = share;
    },
    async stop() {
      link = null;
      cancelTick();
    },
  };
}

/** In order, each after as long as its bytes take. */
function paced(options: { clock: Clock; baudRate: number; deliver: (bytes: Uint8Array) => void }): (bytes: Uint8Array) => void {
  const { clock, baudRate, deliver } = options;
  const waiting: Uint8Array[] = [];
  let freeAt = 0;
  return (bytes) => {
    freeAt = Math.max(freeAt, clock.now()) + (bytes.length * BITS_PER_BYTE * 1_000) / baudRate;
    waiting.push(bytes.slice());
    clock.after(Math.ceil(freeAt - clock.now()), () => deliver(waiting.shift() ?? new Uint8Array()));
  };
}
