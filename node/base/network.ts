// What this machine is called in the shop's network, as the system says it now; tests give their own.
import { hostname, networkInterfaces } from 'node:os';

export interface MachineHosts {
  names: string[];
  /** IPv4, without those of the machine to itself. */
  addresses: string[];
}

export type ReadHosts = () => MachineHosts;

export const machineHosts: ReadHosts = () => {
  const [first = ''] = hostname().toLowerCase().split('.');
  const addresses = Object.values(networkInterfaces()).flatMap((found) =>
    (found ?? []).filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address),
  );
  return { names: [...new Set([hostname().toLowerCase(), `${first}.local`, first])].filter(Boolean), addresses };
};
