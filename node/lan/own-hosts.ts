// The names and addresses that a store box answers to. A web page elsewhere may have a name point at this machine; under such a name nothing
// here answers it. Until the LAN is enabled the box answers to its own machine alone.
import type { Clock } from '#schema/values/clock';
import type { ReadHosts } from '../base/network.ts';

/** A router may give another address at any time, and a browser that asks for an unknown name may ask often. */
const READ_AGAIN_MS = 5_000;

const ownMachine = ['localhost', '127.0.0.1', '[::1]'];

export interface OwnHosts {
  /** Of a Host header, without its port. */
  has(host: string): boolean;
  /** Under which other machines reach this box: the names that somebody chose, then addresses, then what the system calls it. */
  others(): string[];
}

export interface HostParts {
  readHosts: ReadHosts;
  clock: Clock;
  /** Names beside those that the system knows; undefined until the LAN is enabled. */
  lanNames: readonly string[] | undefined;
}

export function openOwnHosts({ readHosts, clock, lanNames }: HostParts): OwnHosts {
  let known = new Set(ownMachine);
  let readAt = Number.NEGATIVE_INFINITY;
  const others = (): string[] => {
    if (lanNames === undefined) return [];
    const { names, addresses } = readHosts();
    return [...new Set([...lanNames, ...addresses, ...names])];
  };
  return {
    others,
    has(host) {
      const name = host.toLowerCase();
      if (known.has(name)) return true;
      if (lanNames === undefined || clock.now() - readAt < READ_AGAIN_MS) return false;
      readAt = clock.now();
      known = new Set([...ownMachine, ...others()]);
      return known.has(name);
    },
  };
}
